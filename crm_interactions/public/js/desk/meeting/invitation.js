import { day_and_time, escaped, form_link } from "../chains/html";
import { is_saved } from "../chains/target";
import { has_left_out } from "../../logic/invitation";
import { make_dialog } from "../platform/dialog";
import { ask } from "../platform/server";
import { recipient_list } from "./recipient_list";
import { toast } from "../platform/toast";

export function show_invitation(frm) {
	if (frm.is_new() || !frm.doc.invited_on) return;
	const when = escaped(day_and_time(frm.doc.invited_on));
	frm.dashboard.add_indicator(__("Invited on {0}", [when]), "blue");
}

/**
 * With write permission, add *Send Invitation* to a planned meeting until all are invited; later changes are sent on save.
 *
 * Participants who were left out can be invited later.
 */
export function add_invitation_button(frm) {
	const { doc } = frm;
	if (frm.is_new() || !frm.perm[0].write) return;
	if (doc.status !== "Planned" || doc.completed || (doc.invited_on && !has_left_out(doc))) return;
	frm.add_custom_button(__("Send Invitation"), async () => {
		if (await is_saved(frm)) await ask_to_invite(frm);
	});
}

async function ask_to_invite(frm) {
	const invitees = await ask("crm_interactions.api.meeting.invitees", { meeting: frm.docname });
	const has_rows = invitees.rows.length > 0;
	const dialog = make_dialog({
		title: __("Send Invitation"),
		size: has_rows ? "large" : undefined,
		fields: [
			{ fieldname: "recipients", fieldtype: "HTML" },
			{
				fieldname: "message",
				fieldtype: "Small Text",
				label: __("Message"),
				hidden: has_rows ? 0 : 1,
				description: __(
					"Shown above time, place and agenda. Later changes of time, place, title and participants are sent on save."
				),
			},
			...(has_rows ? [{ fieldtype: "Column Break" }] : []),
			{ fieldname: "mail", fieldtype: "HTML" },
		],
		primary_action_label: __("Send"),
		async primary_action({ message }) {
			const answer = await frappe.xcall("crm_interactions.api.meeting.invite", {
				meeting: frm.docname,
				message: message || null,
				left_out: list.left_out(),
			});
			dialog.hide();
			const link = form_link("Meeting", frm.docname, frm.doc.title);
			const number = list.chosen().length || answer.invited.length;
			toast(__("Invitations to {0} queued: {1}.", [link, number]));
			frm.reload_doc();
		},
	});
	dialog.$wrapper.addClass("crm-invitation");
	const { recipients, mail, message } = dialog.fields_dict;
	const list = recipient_list(recipients.$wrapper, invitees, {
		on_choice: () => dialog.get_primary_btn().prop("disabled", !list.chosen().length),
		on_preview: (email) => show_mail(mail.$wrapper, frm.docname, email, message),
	});
	message.$input?.on("input", () => show_message(mail.$wrapper, message.get_input_value()));
	dialog.show();
	list.start();
}

async function show_mail($place, meeting, email, message) {
	$place.attr("data-email", email);
	const mail = await ask("crm_interactions.api.meeting.preview_invitation", { meeting, email });
	if ($place.attr("data-email") !== email) return;
	const $mail = $(`<section class="crm-mail"></section>`).attr("aria-label", __("Preview"));
	$(`<p class="crm-mail-head text-muted"></p>`)
		.text(__("E-mail to {0}", [email]))
		.appendTo($mail);
	$(`<h4 class="crm-mail-subject"></h4>`).text(mail.subject).appendTo($mail);
	$("<p></p>").text(mail.opening).appendTo($mail);
	$(`<p class="crm-mail-text crm-mail-message"></p>`).appendTo($mail);
	$(`<p class="crm-mail-title"></p>`).text(mail.title).appendTo($mail);
	const $details = $("<dl></dl>").appendTo($mail);
	const details = { ...mail, participants: mail.participants.join("\n") };
	for (const part of ["when", "place", "participants", "agenda"]) {
		if (!details[part]) continue;
		$("<dt></dt>").text(mail.labels[part]).appendTo($details);
		$(`<dd class="crm-mail-text"></dd>`).attr("data-part", part).text(details[part]).appendTo($details);
	}
	$(`<p class="text-muted"></p>`).text(mail.closing).appendTo($mail);
	$place.empty().append($mail);
	show_message($place, message.get_input_value?.());
}

function show_message($place, text) {
	$place
		.find(".crm-mail-message")
		.text(text || "")
		.toggle(Boolean(text));
}
