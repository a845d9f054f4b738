import { help_address } from "../../logic/help";

/**
 * Say in an empty list what it is for, with a button that starts it; a list that is filtered keeps Frappe's message.
 *
 * @param text one or two sentences
 * @param label, run of the button, which `may` allows
 */
export function add_empty_state(list_view, { text, label, run, may = true }) {
	const message = list_view.get_no_result_message;
	list_view.get_no_result_message = function (...args) {
		if (this.filter_area?.get().length) return message.apply(this, args);
		return html_of(this.doctype, text, may && label);
	};
	$(list_view.parent).on("click", ".crm-empty-start", run);
}

/** Return the empty state of a place, as HTML. */
function html_of(doctype, text, label) {
	const $box = $(`<div class="msg-box no-border crm-empty"></div>`);
	$(`<p class="crm-empty-text"></p>`).text(text).appendTo($box);
	const $ways = $(`<p class="crm-empty-ways"></p>`).appendTo($box);
	if (label) {
		$(`<button type="button" class="btn btn-primary btn-sm crm-empty-start"></button>`)
			.text(label)
			.appendTo($ways);
	}
	$(`<a class="text-muted" target="_blank"></a>`)
		.attr("href", help_address(doctype))
		.text(__("Help"))
		.appendTo($ways);
	return $("<div></div>").append($box).html();
}
