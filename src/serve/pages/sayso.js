// What the pages gain with scripts; without them every page still answers.
(() => {
  const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const typing = e => /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) && !/^(radio|checkbox|range)$/.test(e.target.type);

  // "/" goes to the search from everywhere; Ctrl Enter asks the query.
  addEventListener('keydown', e => {
    if (e.key === 'Enter' && e.ctrlKey && e.target.form && e.target.tagName === 'TEXTAREA') { e.target.form.submit(); return; }
    if (typing(e) || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === '/') { e.preventDefault(); $('.find input').focus(); }
  });

  // A choice is sent when it is made.
  $$('form[data-send]').forEach(form => form.addEventListener('change', e => {
    if (e.target.type !== 'search' && e.target.type !== 'text') form.requestSubmit();
  }));

  // Article: sentence and statement light up together; j and k walk, m switches the marks.
  const rows = $$('.stmts > li');
  if (rows.length) {
    const both = (n, on) => $$('[data-s="' + n + '"]').forEach(x => x.classList.toggle('on', on));
    $$('[data-s]').forEach(x => {
      x.addEventListener('mouseenter', () => both(x.dataset.s, true));
      x.addEventListener('mouseleave', () => both(x.dataset.s, false));
    });
    $$('.ref').forEach(a => a.addEventListener('click', () => { const d = $('details', $(a.hash)); if (d) d.open = true; }));
    let at = -1;
    addEventListener('keydown', e => {
      if (typing(e) || e.ctrlKey || e.metaKey || e.altKey) return;
      if (e.key === 'm') $('.text').classList.toggle('unmarked');
      if (e.key !== 'j' && e.key !== 'k') return;
      if (at >= 0) both(rows[at].dataset.s, false);
      at = Math.max(0, Math.min(rows.length - 1, at + (e.key === 'j' ? 1 : -1)));
      const d = $('details', rows[at]);
      d.open = true;
      $('summary', d).focus();
      both(rows[at].dataset.s, true);
      const place = $('#t' + rows[at].dataset.s);
      if (place) place.scrollIntoView({ block: 'nearest' });
    });
  }
})();
