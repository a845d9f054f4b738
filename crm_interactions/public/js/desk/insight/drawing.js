const SVG = "http://www.w3.org/2000/svg";

/**
 * Show a drawing above the table of a report, below its chart, in place of the former one.
 *
 * It is within the chart's area, which Frappe hides while a report loads, and without rows.
 *
 * @param css_class class that names the drawing
 * @param $content jQuery element; null for no drawing
 */
export function draw_above(report, css_class, $content) {
	report.$chart.find(`.${css_class}`).remove();
	if (!$content) return;
	report.$chart.append($("<div></div>").addClass(`crm-drawing ${css_class}`).append($content)).show();
}

/** Return an SVG element with attributes. */
export function svg(name, attributes = {}, ...children) {
	const element = document.createElementNS(SVG, name);
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
	element.append(...children);
	return element;
}
