//! TLS for what is asked of other servers: who is trusted, and why a server is not.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{CertificateError, ClientConfig, Error, RootCertStore, crypto};

/// The variable of the environment that names a file of certificates to trust, as other programs have it.
const OWN: &str = "SSL_CERT_FILE";

/// Whom to trust: the authorities of the file that `SSL_CERT_FILE` names, else those that ship (Mozilla's list).
pub fn config() -> Result<Arc<ClientConfig>, String> {
    let roots = match std::env::var_os(OWN).filter(|name| !name.is_empty()) {
        Some(name) => named(&name)?,
        None => RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() },
    };
    let provider = Arc::new(crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let mut config = config.map_err(|e| e.to_string())?.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// The certificates of a file.
fn named(name: &OsString) -> Result<RootCertStore, String> {
    let failed = |why: String| format!("{OWN} names {}: {why}", Path::new(name).display());
    let text = crate::files::text_of(Path::new(name), crate::files::TABLE);
    let text = text.map_err(|e| failed(format!("{e}; give a file of certificates in PEM")))?;
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(text.as_bytes()).collect();
    let read = read.map_err(|e| failed(format!("it is no file of certificates in PEM ({e})")))?;
    let mut roots = RootCertStore::empty();
    // A bundle of a system may hold one that no program of today reads.
    if let (0, _) = roots.add_parsable_certificates(read) {
        return Err(failed("it holds no certificate in PEM (-----BEGIN CERTIFICATE-----)".to_owned()));
    }
    Ok(roots)
}

/// Agrees on keys with the server behind a connection, which must show a certificate for the host.
pub async fn wrap(config: Arc<ClientConfig>, stream: TcpStream, host: &str) -> Result<TlsStream<TcpStream>, String> {
    let name = ServerName::try_from(host.to_owned()).map_err(|_| format!("{host} is no name of a host"))?;
    TlsConnector::from(config).connect(name, stream).await.map_err(|e| words(&e))
}

/// An error in words that say what to do, where it is one of TLS.
pub fn words(error: &(dyn std::error::Error + 'static)) -> String {
    let mut at = Some(error);
    while let Some(this) = at {
        let inner = this.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        let inner = inner.and_then(|inner| inner.downcast_ref::<Error>());
        if let Some(error) = inner.or_else(|| this.downcast_ref::<Error>()) {
            return of_tls(error);
        }
        at = this.source();
    }
    error.to_string()
}

fn of_tls(error: &Error) -> String {
    match error {
        Error::InvalidCertificate(why) => of_certificate(why),
        Error::InvalidMessage(_) => "what answers there is not TLS; is it a server of http?".to_owned(),
        Error::AlertReceived(alert) => format!(
            "it refuses TLS ({alert:?}): it may speak versions before 1.2 alone, or ask for a certificate of who comes"
        ),
        Error::PeerIncompatible(why) => format!("it has no TLS that is spoken here, 1.2 or 1.3 ({why:?})"),
        other => format!("TLS with it fails: {other}"),
    }
}

fn of_certificate(why: &CertificateError) -> String {
    use CertificateError as Why;
    match why {
        Why::Expired | Why::ExpiredContext { .. } => {
            "its certificate has expired: it must be renewed there; see that the clock of this machine is right".to_owned()
        }
        Why::NotValidYet | Why::NotValidYetContext { .. } => {
            "its certificate is not valid yet: see that the clock of this machine is right".to_owned()
        }
        Why::NotValidForName | Why::NotValidForNameContext { .. } => {
            "its certificate is for another host: ask it by the name that the certificate has".to_owned()
        }
        Why::UnknownIssuer => format!(
            "its certificate is signed by nobody who is trusted (self-signed, or by an authority of the house): if you know \
             the server, name a file with the authority's certificate in {OWN}"
        ),
        Why::Revoked => "its certificate was revoked".to_owned(),
        // Of the parts of rustls this one has no name for it.
        other if format!("{other:?}").contains("CaUsedAsEndEntity") => {
            "its certificate is self-signed and an authority's (CA:TRUE), which no server may show: make it one for servers \
             (CA:FALSE)"
                .to_owned()
        }
        other => format!("its certificate is not valid: {other}"),
    }
}
