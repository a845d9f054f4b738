frappe.ui.form.on("CRM Interactions Settings", {
	setup(frm) {
		const documents = () => ({ filters: { istable: 0, issingle: 0 } });
		frm.set_query("party_type", "party_types", documents);
		frm.set_query("party_type", "capture_domains", () => ({
			filters: { name: ["in", (frm.doc.party_types || []).map((row) => row.party_type)] },
		}));
		frm.set_query("subject_type", "subject_types", documents);
		frm.set_query("default_priority", () => ({ filters: { disabled: 0 } }));
		frm.set_query("chain_dictionary", () => ({ filters: { disabled: 0 } }));
		frm.set_query("see_all_roles", () => ({ filters: { disabled: 0, desk_access: 1 } }));
	},
	refresh(frm) {
		explain_visibility(frm);
		offer_kinds(frm);
		crm_interactions.watch_numbering(frm);
		crm_interactions.show_known_types(frm);
		crm_interactions.watch_backfill(frm);
	},
	after_save() {
		crm_interactions.toast(__("Reload open pages to apply the new settings."), { indicator: "blue" });
	},
});

/** Explain each choice below the field. */
function explain_visibility(frm) {
	const meanings = {
		Everyone: __("All users with a role of this app see all activities."),
		"Own and Team": __(
			"Users see the activities that they created, are responsible for, take part in, are assigned to or were given a share of. Leaders also see the activities of all users below them. Interaction Team defines who leads whom; with ERPNext, so does Reports To of employees."
		),
		"Role Permissions": __("Only the Role Permission Manager decides, including If Owner."),
	};
	const lines = Object.entries(meanings).map(([choice, meaning]) =>
		$("<p>").append($("<b>").text(__(choice)), document.createTextNode(`: ${meaning}`))
	);
	frm.get_field("visibility_help").$wrapper.addClass("text-muted small").empty().append(lines);
}

/** Offer only the properties that chains of this site have. */
function offer_kinds(frm) {
	const { groupings } = frappe.boot.crm_interactions;
	const known = groupings.filter(({ value }) => !value.startsWith("dictionary:")).map(({ label }) => label);
	const has_dictionary = known.length < groupings.length || frm.doc.chain_dictionary;
	frm.set_df_property("chain_kind", "options", [...known, ...(has_dictionary ? ["Dictionary"] : [])]);
}
