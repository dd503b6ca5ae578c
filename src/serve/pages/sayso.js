// What the pages gain with scripts; without them every page still answers.
(() => {
  const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const typing = e => { const at = e.composedPath()[0]; return at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && !/^(radio|checkbox|range)$/.test(at.type); };

  // "/" goes to the search from everywhere.
  addEventListener('keydown', e => {
    if (typing(e) || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === '/') { e.preventDefault(); $('.find input').focus(); }
    // The next and the previous part of a list; its rows.
    if (e.key === '[' || e.key === ']') { const turn = $('.pages [data-k="' + e.key + '"]'); if (turn) turn.click(); }
    if (e.key === 'j' || e.key === 'k') walk(e.key === 'j' ? 1 : -1);
  });

  // j and k go from row to row of the list that a page is about, to the first link of each.
  const walk = step => {
    const rows = $$('.list tbody tr, main > .bars tbody tr, main > .disputes > li, .res .bars tbody tr, .res .disputes > li').map(row => $('a', row)).filter(Boolean);
    if (!rows.length) return;
    const at = rows.indexOf(rows.find(a => a.closest('tr, li').contains(document.activeElement)));
    rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, at + step))].focus();
  };

  // On a telephone the rows come first: the filters are opened by whoever wants them.
  if (matchMedia('(max-width: 46rem)').matches) $$('.filters').forEach(filters => { filters.open = false; });

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
