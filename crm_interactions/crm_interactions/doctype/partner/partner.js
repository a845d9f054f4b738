frappe.ui.form.on("Partner", {
	refresh(frm) {
		frappe.dynamic_link = { doc: frm.doc, fieldname: "name", doctype: "Partner" };
		frm.toggle_display(["address_html", "contact_html"], !frm.is_new());
		if (frm.is_new()) frappe.contacts.clear_address_and_contact(frm);
		else frappe.contacts.render_address_and_contact(frm);
	},
});
