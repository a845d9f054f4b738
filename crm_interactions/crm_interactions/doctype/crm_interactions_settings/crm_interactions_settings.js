frappe.ui.form.on("CRM Interactions Settings", {
	setup(frm) {
		const documents = () => ({ filters: { istable: 0, issingle: 0 } });
		frm.set_query("party_type", "party_types", documents);
		frm.set_query("subject_type", "subject_types", documents);
		frm.set_query("default_priority", () => ({ filters: { disabled: 0 } }));
		frm.set_query("see_all_roles", () => ({ filters: { disabled: 0, desk_access: 1 } }));
	},
	refresh(frm) {
		explain_visibility(frm);
		crm_interactions.watch_numbering(frm);
	},
	after_save() {
		frappe.show_alert({ message: __("Open pages follow once they are reloaded."), indicator: "blue" });
	},
});

/** Say below the field what each choice means. */
function explain_visibility(frm) {
	const meanings = {
		Everyone: __("Everybody with a role of this app sees all activities."),
		"Own and Team": __(
			"Everybody sees what he made, is responsible for, takes part in, is assigned to or was given a share of; leaders also what their people have, and the people of those. Interaction Team says who leads whom; with ERPNext, Reports To of employees does, too."
		),
		"Role Permissions": __("Only the Role Permission Manager decides, If Owner included."),
	};
	const lines = Object.entries(meanings).map(([choice, meaning]) =>
		$("<p>").append($("<b>").text(__(choice)), document.createTextNode(`: ${meaning}`))
	);
	frm.get_field("visibility_help").$wrapper.addClass("text-muted small").empty().append(lines);
}
