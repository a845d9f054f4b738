import { has_amount } from "../../logic/result";
import { escaped, form_link } from "./html";

/** The section of the fields, which a dialog may hide. */
export const RESULT_SECTION = "result_section";

/**
 * Return the dialog fields for the result of a chain that is being closed: a choice with its amount, or a sentence that
 * names the result that the subject gives.
 *
 * @param known `results` to choose from, and `result`, `subject_type` and `subject` of the chain
 */
export function result_fields({ results, result, subject_type, subject }) {
	const section = { fieldname: RESULT_SECTION, fieldtype: "Section Break", hide_border: 1 };
	if (!results?.length) {
		if (!result || !subject) return [];
		const options = decided_sentence(result, subject_type, subject);
		return [section, { fieldname: "result_remark", fieldtype: "HTML", options }];
	}
	const depends_on = (doc) => has_amount(doc.result);
	return [
		section,
		{
			fieldname: "result",
			fieldtype: "Select",
			label: __("Result"),
			options: ["", ...results].map((value) => ({ value, label: __(value) })),
		},
		{ fieldname: "result_column", fieldtype: "Column Break" },
		{
			fieldname: "result_amount",
			fieldtype: "Currency",
			options: "result_currency",
			label: __("Amount"),
			depends_on,
			non_negative: 1,
		},
		{
			fieldname: "result_currency",
			fieldtype: "Link",
			options: "Currency",
			label: __("Currency"),
			default: frappe.boot.sysdefaults.currency,
			depends_on,
		},
	];
}

function decided_sentence(result, subject_type, subject) {
	return __("Result: {0}, from {1}.", [escaped(__(result)).bold(), form_link(subject_type, subject)]);
}
