// a closed dialog stays in the page, and labels find their boxes by ids
let number = 0;

/**
 * Show the participants whom an invitation reaches, each with a check box, in `$wrapper`.
 *
 * Those invited before can't be unchecked. Those left out before begin unchecked if others were invited.
 *
 * @param invitees the answer of `api.meeting.invitees`
 * @param on_choice called when a check changes
 * @param on_preview called with the address whose mail is to be shown
 * @returns { chosen(), left_out(), start() }: checked and unchecked addresses without those invited before; `start` shows
 *   the first mail
 */
export function recipient_list($wrapper, { rows, without_address, reply_to }, { on_choice, on_preview }) {
	$wrapper.empty().addClass("crm-recipients");
	const open = rows.filter(({ invited }) => !invited);
	const checked = new Set(open.filter(({ left_out }) => !left_out).map(({ email }) => email));
	if (!rows.length) {
		note($wrapper, __("No participant has an e-mail address. Enter one in the participants table."));
	} else {
		const $list = $("<ul></ul>").appendTo($wrapper);
		for (const row of rows) $list.append(recipient(row));
		if (without_address.length) {
			const names = without_address.join(", ");
			note($wrapper, __("Without an e-mail address: {0}", [names])).addClass("crm-without-address");
		}
		note($wrapper, __("Replies go to {0}.", [reply_to])).addClass("text-muted");
	}

	function recipient(row) {
		number += 1;
		const id = `crm-recipient-${number}`;
		const $row = $("<li></li>").attr("data-email", row.email);
		const $check = $(`<input type="checkbox">`).attr({ id, "aria-describedby": `${id}-when` });
		$check.prop({ checked: row.invited || checked.has(row.email), disabled: Boolean(row.invited) });
		$check.on("change", () => {
			checked[$check.prop("checked") ? "add" : "delete"](row.email);
			on_choice();
		});
		const $label = $("<label></label>").attr("for", id);
		$(`<span class="crm-recipient-name"></span>`).text(row.full_name).appendTo($label);
		$(`<span class="text-muted"></span>`).text(row.email).appendTo($label);
		const $when = $(`<small class="text-muted"></small>`).attr("id", `${id}-when`).text(row.when);
		const $about = $(`<div class="crm-recipient"></div>`).append($label, $when);
		if (row.invited) $(`<small></small>`).text(__("Invited")).appendTo($about);
		$row.append($check, $about, row.invited ? "" : preview_button(row));
		return $row;
	}

	function preview_button({ email, full_name }) {
		return $(`<button type="button" class="btn btn-xs btn-default crm-preview"></button>`)
			.text(__("Preview"))
			.attr({ "aria-label": __("Preview the e-mail to {0}", [full_name]), "aria-pressed": "false" })
			.on("click", () => show(email));
	}

	function show(email) {
		$wrapper.find("li").each((_, row) => {
			const is_shown = row.dataset.email === email;
			$(row).toggleClass("crm-shown", is_shown).find(".crm-preview").attr("aria-pressed", is_shown);
		});
		on_preview(email);
	}

	return {
		chosen: () => open.map(({ email }) => email).filter((email) => checked.has(email)),
		left_out: () => open.map(({ email }) => email).filter((email) => !checked.has(email)),
		start() {
			on_choice();
			const first = open.find(({ email }) => checked.has(email)) || open[0];
			if (first) show(first.email);
		},
	};
}

const note = ($wrapper, text) => $("<p></p>").text(text).appendTo($wrapper);
