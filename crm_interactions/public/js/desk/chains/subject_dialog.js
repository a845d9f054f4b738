import { make_dialog } from "../platform/dialog";
import { settings } from "../platform/boot";
import { write } from "./api";
import { chain_link } from "./html";
import { alert_with_undo } from "./undo";

/** Ask for the subject of a chain, or of a part of it, and set or remove it, with *Undo* (R20, B2). */
export function ask_for_subject({ chain, activity, reload }) {
	const types = settings().subject_types || [];
	const known = types.includes(chain.subject_type);
	const parts = activity && chain.activity_count > 1;
	// fields call onchange before the dialog exists
	let dialog = null;
	let chosen_type = known ? chain.subject_type : types[0];
	dialog = make_dialog({
		title: __("Subject of {0}", [chain.name]),
		fields: [
			{
				fieldname: "subject_type",
				fieldtype: "Select",
				label: __("Subject Type"),
				options: types.map((value) => ({ value, label: __(value) })),
				default: chosen_type,
				onchange() {
					const subject_type = dialog?.get_value("subject_type");
					if (!subject_type || subject_type === chosen_type) return;
					chosen_type = subject_type;
					dialog.set_value("subject", "");
				},
			},
			{
				fieldname: "subject",
				fieldtype: "Dynamic Link",
				label: __("Subject"),
				get_options: () => chosen_type,
				default: known ? chain.subject : "",
				description: chain.subject ? __("Leave empty to remove the subject.") : "",
			},
			{
				fieldname: "reach",
				fieldtype: "Select",
				label: __("For"),
				hidden: parts ? 0 : 1,
				options: [
					{ value: "chain", label: __("The whole chain") },
					{ value: "onwards", label: __("This activity and all later ones") },
					{ value: "this", label: __("This activity only") },
				],
				default: "chain",
				onchange: () => dialog && explain_scope(dialog),
			},
		],
		primary_action_label: __("Set Subject"),
		async primary_action({ subject_type, subject, reach }) {
			const changed = await write("set_subject", {
				...(parts && reach !== "chain" ? { ...activity, reach } : { chain: chain.name }),
				subject_type: subject ? subject_type : null,
				subject: subject || null,
			});
			dialog.hide();
			alert_with_undo(changed_sentence(chain, changed, { subject, reach }), changed.log, reload);
			reload();
		},
	});
	dialog.show();
	explain_scope(dialog);
}

function explain_scope(dialog) {
	const whole = dialog.get_value("reach") === "chain";
	dialog.fields_dict.reach.set_description(
		whole
			? __("Applies to all activities of the chain, including future ones.")
			: __("The selected activities become a separate chain. You can undo this.")
	);
}

function changed_sentence(chain, changed, { subject, reach }) {
	if (!changed.log) return __("The subject is unchanged.");
	const link = chain_link(changed.chain);
	if (changed.chain !== chain.name) {
		return reach === "this"
			? __("This activity is now in a separate chain: {0}.", [link])
			: __("This activity and all later ones are now in a separate chain: {0}.", [link]);
	}
	return subject ? __("Subject set for {0}.", [link]) : __("Subject removed from {0}.", [link]);
}
