frappe.ui.form.on("CRM Interactions Settings", {
	setup(frm) {
		const documents = () => ({ filters: { istable: 0, issingle: 0 } });
		frm.set_query("party_type", "party_types", documents);
		frm.set_query("subject_type", "subject_types", documents);
		frm.set_query("default_priority", () => ({ filters: { disabled: 0 } }));
	},
	after_save() {
		frappe.show_alert({ message: __("Open pages follow once they are reloaded."), indicator: "blue" });
	},
});
