import { as_typed } from "../../logic/stored_text";
import { look_of_row, row_state } from "../../logic/chain";
import { can_finish } from "../../logic/finishing";
import { gap_text } from "../../logic/gap";
import { chain_link, day, day_and_time, form_link, pill } from "./html";
import { kind_tile } from "./kinds";

/**
 * Return a list of the given rows, newest first, with the time between them; without rows, a hint.
 *
 * @param is_current returns whether a row is the activity of the form
 * @param with_chain whether to show the chain of each row
 * @param party_label returns the text of the link to a row's partner, or "" for none
 * @param older_follows whether older rows exist, so that the last row also shows a gap
 * @param finish callback with the row to complete
 */
export function panel_rows(rows, { is_current, with_chain, party_label, older_follows, finish }) {
	if (!rows.length) {
		return $(`<div class="crm-chain-empty text-muted"></div>`).text(
			__("No activities yet. Logged activities appear here.")
		);
	}
	const now = frappe.datetime.system_datetime();
	const $list = $(`<ol class="crm-chain-rows"></ol>`);
	rows.forEach((row, index) => {
		const $row = activity_row(row, now, { with_chain, party_label })
			.toggleClass("current", is_current(row))
			.appendTo($list);
		// the current activity has the button on its form
		if (can_finish(row) && !is_current(row) && frappe.model.can_write(row.activity_type)) {
			$row.find(".crm-chain-main").after(finish_button(row, finish));
		}
		const is_last = index === rows.length - 1;
		const gap = is_last && !older_follows ? "" : gap_text(row.gap, __);
		if (gap) $list.append($(`<li class="crm-chain-gap"></li>`).text(gap));
	});
	return $list;
}

/** Return the row of an activity, for panel and link dialog: icon, topic as a link, facts, and state at time `now`. */
export function activity_row(row, now, { with_chain = false, party_label = () => "" } = {}) {
	const { label, color } = look_of_row(row_state(row, now));
	const $row = $(`<li class="crm-chain-row"></li>`)
		.attr({ "data-activity": row.activity, "data-doctype": row.activity_type })
		.append(kind_tile(row));
	const $main = $(`<div class="crm-chain-main"></div>`).appendTo($row);
	const $topic = $(`<div class="crm-chain-topic"></div>`).appendTo($main);
	$topic.append(form_link(row.activity_type, row.activity, plain_text(row.title) || row.activity));
	if (Number(row.has_attachment)) $topic.append(attachment_mark());
	$(`<div class="crm-chain-facts"></div>`)
		.append(facts(row, with_chain, party_label(row)))
		.appendTo($main);
	return $row.append(pill(__(label), color));
}

function finish_button(row, finish) {
	return $(`<button type="button" class="btn btn-default btn-xs crm-chain-finish"></button>`)
		.text(__("Complete…"))
		.attr("aria-label", __("Complete: {0}", [plain_text(row.title) || row.activity]))
		.on("click", () => finish(row));
}

function facts(row, with_chain, party) {
	const parts = [
		$("<span></span>").text(day(row.activity_date)).attr("title", day_and_time(row.activity_date)),
		$("<span></span>").text(row.interaction_type ? __(row.interaction_type) : __(row.activity_type)),
	];
	if (row.responsible_name) parts.push($("<span></span>").text(as_typed(row.responsible_name)));
	if (party) parts.push($(form_link(row.party_type, row.party, party)).addClass("crm-chain-party"));
	if (with_chain && row.chain) parts.push($(chain_link(row.chain)));
	if (row.activity_plan && row.status === "Planned") parts.push(plan_badge(row.activity_plan));
	return parts;
}

function plan_badge(plan) {
	return $(`<span class="crm-plan-name"></span>`)
		.attr("title", __("Activity Plan"))
		.append($(`<span class="crm-plan-badge"></span>`).text(as_typed(plan)));
}

function attachment_mark() {
	const title = __("Has attachments");
	return $(
		`<span class="crm-attachment" role="img">${frappe.utils.icon("es-line-attachment", "xs")}</span>`
	).attr({ title, "aria-label": title });
}

/** Return a topic as plain text; topics from other apps can be rich text. */
function plain_text(title) {
	return /<\w/.test(title || "") ? frappe.utils.html2text(title).trim() : as_typed(title);
}
