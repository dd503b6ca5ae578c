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

  // Review: a key for every button; digits choose; e goes to what can be corrected.
  if ($('.card')) {
    const choose = n => { const radio = $$('.choice input[type=radio]')[n]; if (radio) { radio.checked = true; radio.focus(); } return radio; };
    addEventListener('keydown', e => {
      if (typing(e) || e.ctrlKey || e.metaKey || e.altKey) return;
      const key = e.key === 'j' ? 's' : e.key;
      const button = $('[data-k="' + CSS.escape(key) + '"]');
      if (/^[1-9]$/.test(key)) choose(key - 1);
      else if (key === 'e') { const other = $('.choice .other input'); if (other) { e.preventDefault(); other.focus(); } else choose(1); }
      else if (button) { e.preventDefault(); button.click(); }
    });
    const other = $('.choice .other input');
    if (other) other.addEventListener('keydown', e => { if (e.key === 'Enter') { e.preventDefault(); $('[data-k="y"]').click(); } });
  }

  // SPARQL: terms are offered while they are written; queries can be kept in this browser.
  const code = $('form.ask textarea');
  if (code) {
    const terms = $$('.terms code').map(c => c.textContent).filter((t, n, all) => all.indexOf(t) === n);
    const words = () => [...new Set([...terms, ...(code.value.match(/\?\w+/g) || [])])];
    const tips = document.createElement('ul');
    tips.className = 'tips'; tips.hidden = true; tips.id = 'tips'; tips.setAttribute('role', 'listbox'); tips.setAttribute('aria-label', 'Terms');
    code.after(tips);
    code.setAttribute('aria-controls', 'tips'); code.setAttribute('aria-autocomplete', 'list');
    let at = 0, found = [], part = '';
    const close = () => { tips.hidden = true; found = []; code.removeAttribute('aria-activedescendant'); };
    const draw = () => {
      tips.replaceChildren(...found.map((t, n) => {
        const li = document.createElement('li');
        li.id = 'tip' + n; li.textContent = t; li.setAttribute('role', 'option'); li.setAttribute('aria-selected', n === at);
        li.addEventListener('mousedown', e => { e.preventDefault(); at = n; take(); });
        return li;
      }));
      tips.hidden = !found.length;
      if (found.length) code.setAttribute('aria-activedescendant', 'tip' + at);
    };
    const take = () => {
      const end = code.selectionStart, begin = end - part.length;
      code.setRangeText(found[at] + ' ', begin, end, 'end');
      close();
    };
    code.addEventListener('input', () => {
      part = (code.value.slice(0, code.selectionStart).match(/[?\w]+:?\w*$/) || [''])[0];
      const low = part.toLowerCase(), local = t => t.slice(t.indexOf(':') + 1).toLowerCase();
      found = part.length < 2 ? [] : words().filter(t => t !== part && (t.toLowerCase().startsWith(low) || (!part.startsWith('?') && local(t).startsWith(low))))
        .sort((a, b) => (b.toLowerCase().startsWith(low) - a.toLowerCase().startsWith(low)) || a.length - b.length || (a < b ? -1 : 1)).slice(0, 8);
      at = 0;
      draw();
    });
    code.addEventListener('keydown', e => {
      if (tips.hidden || e.ctrlKey) return;
      if (e.key === 'ArrowDown' || e.key === 'ArrowUp') { e.preventDefault(); at = (at + (e.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length; draw(); }
      else if (e.key === 'Tab' || e.key === 'Enter') { e.preventDefault(); take(); }
      else if (e.key === 'Escape') close();
    });
    code.addEventListener('blur', close);
    const read = () => { try { return JSON.parse(localStorage.getItem('sayso-queries')) || {}; } catch { return {}; } };
    const write = all => { try { localStorage.setItem('sayso-queries', JSON.stringify(all)); } catch { /* Nothing is kept where the browser keeps nothing. */ } };
    const box = document.createElement('div');
    box.className = 'saved';
    $('form.ask').after(box);
    const list = () => {
      const all = read(), add = document.createElement('form'), name = document.createElement('input'), keep = document.createElement('button');
      add.className = 'controls'; name.required = true; name.placeholder = 'a name for this query'; name.setAttribute('aria-label', 'Name of the query to keep'); keep.textContent = 'Keep';
      add.append(name, keep);
      add.addEventListener('submit', e => { e.preventDefault(); write({ ...read(), [name.value.trim()]: code.value }); list(); });
      const rows = Object.keys(all).sort().map(key => {
        const li = document.createElement('li'), open = document.createElement('button'), drop = document.createElement('button');
        open.type = drop.type = 'button'; open.className = drop.className = 'link'; open.textContent = key; drop.textContent = 'forget'; drop.setAttribute('aria-label', 'Forget ' + key);
        open.addEventListener('click', () => { code.value = all[key]; code.focus(); });
        drop.addEventListener('click', () => { const rest = read(); delete rest[key]; write(rest); list(); });
        li.append(open, ' ', drop);
        return li;
      });
      const ul = document.createElement('ul');
      ul.className = 'small'; ul.append(...rows);
      box.replaceChildren(add, ...(rows.length ? [ul] : []));
    };
    list();
  }

  // Network: who is pointed at stands out with those on the other ends of the lines.
  $$('.net').forEach(net => {
    const ties = $$('line', net), nodes = $$('a', net);
    const show = n => {
      const near = new Set([n]);
      ties.forEach(t => { const own = t.dataset.a === n || t.dataset.b === n; if (own) near.add(t.dataset.a).add(t.dataset.b); t.classList.toggle('dim', n !== null && !own); });
      nodes.forEach(a => a.classList.toggle('dim', n !== null && !near.has(a.dataset.n)));
    };
    nodes.forEach(a => ['mouseenter', 'focus'].forEach(k => a.addEventListener(k, () => show(a.dataset.n))));
    nodes.forEach(a => ['mouseleave', 'blur'].forEach(k => a.addEventListener(k, () => show(null))));
  });

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
