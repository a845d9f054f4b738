/** Names of a dialog's controls for screen readers: Frappe's labels name no input, and its × and lists have no name. */

// menus of the text editor
const PICKERS = {
	header: "Heading",
	size: "Font Size",
	color: "Text Color",
	background: "Background Color",
	align: "Align",
	table: "Table",
};
const LABELLED = "input, textarea, select";

/** Name the controls of a dialog, now and whenever it opens or a value changes which of them are shown. */
export function name_controls(dialog) {
	const run = () => name_all(dialog.$wrapper);
	dialog.$wrapper
		.addClass("crm-dialog")
		.on("shown.bs.modal change", run)
		.on("awesomplete-highlight", ({ target }) => name_options(target));
	run();
}

/** Give the suggestions the names by which their field says which of them is highlighted. */
function name_options(input) {
	const $list = $(input).closest(".awesomplete").children("ul");
	const [of_list] = ($(input).attr("aria-activedescendant") || "").split(/\d+$/);
	if (of_list) $list.children().each((index, option) => $(option).attr("id", `${of_list}${index}`));
}

function name_all($wrapper) {
	$wrapper.find(".btn-modal-close").attr("aria-label", __("Close"));
	$wrapper.find(".btn-modal-minimize").attr("aria-label", __("Minimize"));
	for (const [name, label] of Object.entries(PICKERS)) {
		$wrapper.find(`.ql-${name} > .ql-picker-label`).attr("aria-label", __(label));
	}
	for (const control of $wrapper.find(".frappe-control").get()) name_control($(control));
}

function name_control($control) {
	const $label = $control.find(".control-label").first();
	const $input = $control.find(LABELLED).not("[type=checkbox], [type=file]").first();
	if (!$input.length) return;
	if ($label.is("label")) {
		if (!$input.attr("id")) $input.attr("id", frappe.dom.get_unique_id());
		$label.attr("for", $input.attr("id"));
	}
	if ($input.attr("role") === "combobox") name_suggestions($input, $label.text().trim());
}

/** Let a link field name the list of its suggestions, which has another id than Frappe says. */
function name_suggestions($input, label) {
	const $list = $input.closest(".awesomplete").children("ul").first();
	if (!$list.length) return;
	if (!$list.attr("id")) $list.attr("id", frappe.dom.get_unique_id());
	$list.attr("aria-label", label);
	$input.attr({ "aria-controls": $list.attr("id"), "aria-owns": $list.attr("id") });
}
