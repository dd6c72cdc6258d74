/**
 * Filter and star, in the page itself. It reads what is on the page and hides rows; it asks nobody and keeps nothing. Without it the
 * page is whole and shows everything, because only it takes the controls out of hiding.
 */
export const SCRIPT = `
'use strict';
(() => {
  const by = (id) => document.getElementById(id);
  const [controls, words, star, count] = ['controls', 'words', 'star', 'count'].map(by);
  const rows = [...document.querySelectorAll('#rows > tr')];
  const texts = new Map();
  const textOf = (row) => {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  };
  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
    let shown = 0;
    for (const row of rows) {
      const starred = !star.checked || row.classList.contains('star');
      const found = starred && wanted.every((word) => textOf(row).includes(word));
      row.hidden = !found;
      if (found) shown += 1;
    }
    count.textContent = shown === rows.length ? '' : shown + ' of ' + rows.length + ' rows are shown; the filter of this page hides the others.';
  };
  let waits = 0;
  const soon = () => { clearTimeout(waits); waits = setTimeout(apply, 80); };
  words.addEventListener('input', soon);
  star.addEventListener('change', apply);
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && document.activeElement !== words) { event.preventDefault(); words.focus(); }
    if (event.key === 'Escape') { words.value = ''; star.checked = false; apply(); }
  });
  controls.hidden = false;
  apply();
})();
`;
