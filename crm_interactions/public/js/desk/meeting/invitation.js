import { day_and_time, escaped, form_link } from "../chains/html";
import { is_saved } from "../chains/target";
import { make_dialog } from "../platform/dialog";
import { ask } from "../platform/server";
import { toast } from "../platform/toast";

export function show_invitation(frm) {
	if (frm.is_new() || !frm.doc.invited_on) return;
	const when = escaped(day_and_time(frm.doc.invited_on));
	frm.dashboard.add_indicator(__("Invited on {0}", [when]), "blue");
}

/** With write permission, add *Send Invitation* until a planned meeting is invited; later changes are sent on save. */
export function add_invitation_button(frm) {
	const { doc } = frm;
	if (frm.is_new() || !frm.perm[0].write) return;
	if (doc.status !== "Planned" || doc.completed || doc.invited_on) return;
	frm.add_custom_button(__("Send Invitation"), async () => {
		if (await is_saved(frm)) await ask_to_invite(frm);
	});
}

async function ask_to_invite(frm) {
	const preview = await ask("crm_interactions.api.meeting.invitees", { meeting: frm.docname });
	const dialog = make_dialog({
		title: __("Send Invitation"),
		fields: [
			{ fieldname: "recipients", fieldtype: "HTML" },
			{
				fieldname: "message",
				fieldtype: "Small Text",
				label: __("Message"),
				hidden: preview.rows.length ? 0 : 1,
				description: __(
					"Shown above time, place and agenda. Later changes of time, place, title and participants are sent on save."
				),
			},
		],
		primary_action_label: __("Send"),
		async primary_action({ message }) {
			const answer = await frappe.xcall("crm_interactions.api.meeting.invite", {
				meeting: frm.docname,
				message: message || null,
			});
			dialog.hide();
			const link = form_link("Meeting", frm.docname, frm.doc.title);
			toast(__("Invitations to {0} queued: {1}.", [link, answer.invited.length]));
			frm.reload_doc();
		},
	});
	show_recipients(dialog.fields_dict.recipients.$wrapper, preview);
	if (!preview.rows.length) dialog.get_primary_btn().prop("disabled", true);
	dialog.show();
}

function show_recipients($wrapper, { rows, without_address, reply_to }) {
	$wrapper.empty().addClass("crm-recipients");
	if (!rows.length) {
		$("<p></p>")
			.text(__("No participant has an e-mail address. Enter one in the participants table."))
			.appendTo($wrapper);
		return;
	}
	const $list = $("<ul></ul>").appendTo($wrapper);
	for (const { full_name, email } of rows) {
		const $row = $("<li></li>").appendTo($list);
		$("<span></span>").text(full_name).appendTo($row);
		$('<span class="text-muted"></span>').text(email).appendTo($row);
	}
	if (without_address.length) {
		$('<p class="crm-without-address"></p>')
			.text(__("Without an e-mail address: {0}", [without_address.join(", ")]))
			.appendTo($wrapper);
	}
	$('<p class="text-muted"></p>')
		.text(__("Replies go to {0}.", [reply_to]))
		.appendTo($wrapper);
}
