"use strict";
(() => {
  const filter = document.getElementById("filter");
  if (!filter) return;
  const fields = Array.from(filter.querySelectorAll("[data-field]"));
  const shown = document.getElementById("shown");
  const rows = Array.from(document.querySelectorAll("#list tbody tr"), (element) => ({
    element,
    data: element.dataset,
    text: element.textContent.toLowerCase(),
  }));

  const fits = (row, field) => {
    const wanted = field.value.trim();
    if (!wanted) return true;
    return field.dataset.field === "text"
      ? wanted.toLowerCase().split(/\s+/).every((word) => row.text.includes(word))
      : row.data[field.dataset.field] === field.value;
  };

  const apply = () => {
    let count = 0;
    for (const row of rows) {
      const fit = fields.every((field) => fits(row, field));
      row.element.hidden = !fit;
      count += fit ? 1 : 0;
    }
    shown.textContent = count === rows.length ? `显示全部${count}个。` : `显示${count}个，共${rows.length}个。`;
  };

  filter.addEventListener("input", apply);
  document.getElementById("reset").addEventListener("click", () => {
    for (const field of fields) field.value = "";
    apply();
    fields[0].focus();
  });
  filter.hidden = false;
  apply();
})();
