'use strict';
const form = document.querySelector('form');
const files = Array.from(document.querySelectorAll('details'), (file) => ({
	file,
	path: file.querySelector('.path').textContent.toLowerCase(),
	rows: Array.from(file.querySelectorAll('tbody'),
		(row) => ({ row, classes: row.dataset.classes.split(' ') })),
}));
const total = files.reduce((n, f) => n + f.rows.length, 0);
let wide = Math.max(form.querySelectorAll('[name=column]').length, 1);
const hiding = document.head.appendChild(document.createElement('style'));

function checked(name) {
	return Array.from(form.querySelectorAll(`[name=${name}]:checked`), (box) => box.value);
}

function show(element, visible) {
	if (element.hidden === visible)
		element.hidden = !visible;
}

/* A directive stays where one of its cells, in a column that is shown, has a class that is. */
function filter() {
	const boxes = Array.from(form.querySelectorAll('[name=column]'), (box) => box.value);
	const columns = boxes.length ? checked('column') : ['0'];
	const hidden = boxes.filter((column) => !columns.includes(column));
	const classes = new Set(checked('class'));
	const text = form.elements.path.value.toLowerCase();
	let shownRows = 0, shownFiles = 0;
	for (const { file, path, rows } of files) {
		let n = 0;
		if (path.includes(text)) {
			for (const r of rows) {
				const visible = columns.some((column) => classes.has(r.classes[column]));
				show(r.row, visible);
				n += visible;
			}
		}
		show(file, n > 0);
		shownFiles += n > 0;
		shownRows += n;
	}
	const rules = hidden.map((column) => `.c${column} { display: none !important; }\n`);
	hiding.textContent = `${rules.join('')}:root { --columns: ${columns.length}; }`;
	if (wide !== columns.length) {
		wide = columns.length;
		for (const cell of document.querySelectorAll('.more > td'))
			cell.colSpan = wide + 1;
	}
	form.querySelector('[role=status]').textContent =
		`${shownRows} of ${total} directives, in ${shownFiles} of ${files.length} files`;
}

function openAll(open) {
	for (const { file } of files)
		file.open = open && !file.hidden;
}

let waiting = 0;
form.addEventListener('input', () => {
	clearTimeout(waiting);
	waiting = setTimeout(filter, 100);
});
form.addEventListener('submit', (event) => event.preventDefault());
form.elements.open.addEventListener('click', () => openAll(true));
form.elements.close.addEventListener('click', () => openAll(false));
document.querySelector('main').addEventListener('click', (event) => {
	const row = event.target.closest('button') && event.target.closest('tbody');
	if (!row)
		return;
	const open = row.querySelector('.more').classList.toggle('open');
	for (const button of row.querySelectorAll('button'))
		button.setAttribute('aria-expanded', open);
});
filter();
