/** Return a promise of a read-only method's answer, called with GET, which `frappe.xcall` can't do in Frappe 15. */
export async function ask(method, args) {
	const { message } = await frappe.call({ type: "GET", method, args });
	return message;
}
