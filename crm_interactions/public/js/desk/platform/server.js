/** Ask a method that only reads; `frappe.xcall` can't send GET in Frappe 15. */
export async function ask(method, args) {
	const { message } = await frappe.call({ type: "GET", method, args });
	return message;
}
