frappe.ui.form.on("Interaction Team", {
	setup(frm) {
		const people = () => ({ filters: { user_type: "System User", enabled: 1 } });
		frm.set_query("leader", people);
		frm.set_query("user", "members", people);
	},
});
