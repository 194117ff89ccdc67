package org.parley.examples.expenses.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;
import org.parley.examples.expenses.ExpenseSubmission;
import org.parley.examples.expenses.ExpenseSubmission.Receipt;
import org.parley.examples.expenses.ExpenseView;
import org.parley.examples.expenses.InvalidExpenseException;

/** The same as the page, as JSON. An answer 201 to a submission says that it is committed. */
@Path("api")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ExpenseApi {

    private static final int MOST = 1000;

    @Inject
    private ExpenseSubmission submission;

    @Inject
    private ExpenseView view;

    /** Submits the expenses of a form, with several {@code purpose} and {@code amount} on one dialog. */
    @POST
    @Path("expenses")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response submit(
            @FormParam("employee") String employee,
            @FormParam("purpose") List<String> purposes,
            @FormParam("amount") List<String> amounts) {
        return submitted(
                () -> submission.submit(Typed.form(employee, purposes, amounts).expenses()));
    }

    /** Submits one expense; the text is the message's body. */
    @POST
    @Path("expenses")
    @Consumes({MediaType.APPLICATION_XML, MediaType.TEXT_XML})
    public Response submitXml(String xml) {
        return submitted(() -> submission.submitXml(xml));
    }

    /** The newest expenses, newest first. */
    @GET
    @Path("expenses")
    public Response expenses(@QueryParam("most") @DefaultValue("100") int most) {
        JsonArrayBuilder expenses = Json.createArrayBuilder();
        view.latest(Math.max(1, Math.min(most, MOST))).forEach(expense -> expenses.add(ExpenseJson.of(expense)));
        return Response.ok(expenses.build()).build();
    }

    @GET
    @Path("expenses/{id: \\d{1,18}}")
    public Response expense(@PathParam("id") long id) {
        return view.expense(id)
                .map(expense -> Response.ok(ExpenseJson.of(expense)).build())
                .orElseGet(() -> problem(Response.Status.NOT_FOUND, "id", "There is no expense number " + id + "."));
    }

    /** Endpoints, expenses, journal and bookings of one dialog. */
    @GET
    @Path("dialogs/{id}")
    public Response dialog(@PathParam("id") String id) {
        return ConversationId.parse(id)
                .flatMap(view::dialog)
                .map(dialog -> Response.ok(ExpenseJson.of(dialog)).build())
                .orElseGet(() -> problem(
                        Response.Status.NOT_FOUND,
                        "id",
                        "No expense was ever submitted on a conversation '" + id + "'."));
    }

    /** The sums of both books. */
    @GET
    @Path("book")
    public JsonObject book() {
        return ExpenseJson.of(view.totals());
    }

    private static Response submitted(Supplier<Receipt> action) {
        try {
            return Response.status(Response.Status.CREATED)
                    .entity(ExpenseJson.of(action.get()))
                    .build();
        } catch (InvalidExpenseException e) {
            return problem(Response.Status.BAD_REQUEST, e.field(), e.getMessage());
        }
    }

    private static Response problem(Response.Status status, String field, String text) {
        return Response.status(status)
                .entity(Json.createObjectBuilder()
                        .add("field", field)
                        .add("error", text)
                        .build())
                .build();
    }
}
