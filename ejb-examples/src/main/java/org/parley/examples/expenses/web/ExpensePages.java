package org.parley.examples.expenses.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.parley.examples.expenses.ExpenseSubmission;
import org.parley.examples.expenses.ExpenseView;
import org.parley.examples.expenses.InvalidExpenseException;

/** The page. What can't be accepted comes back with the reason, the fields as they were typed, and status 400 or 404. */
@Path("")
@RequestScoped
@Produces("text/html; charset=UTF-8")
public class ExpensePages {

    private static final int LATEST = 15;

    @Inject
    private ExpenseSubmission submission;

    @Inject
    private ExpenseView view;

    /** The first page; without the slash at the end its links would lead elsewhere, and not every server adds it. */
    @GET
    public Response start(@Context UriInfo address) {
        if (!address.getRequestUri().getPath().endsWith("/")) {
            return Response.seeOther(address.getBaseUri()).build();
        }
        return page(Response.Status.OK, StartPage.render(view.latest(LATEST), view.totals(), Typed.NOTHING, null));
    }

    @POST
    @Path("expenses")
    public Response submit(
            @FormParam("employee") String employee,
            @FormParam("purpose") List<String> purposes,
            @FormParam("amount") List<String> amounts) {
        Typed typed = Typed.form(employee, purposes, amounts);
        return submitted(typed, () -> submission.submit(typed.expenses()));
    }

    @POST
    @Path("xml")
    public Response submitXml(@FormParam("xml") String xml) {
        return submitted(Typed.xml(xml), () -> submission.submitXml(xml));
    }

    /** For who loads the page again after something was refused. */
    @GET
    @Path("{form: expenses|xml}")
    public Response again() {
        return Response.seeOther(URI.create("")).build();
    }

    @GET
    @Path("dialog")
    public Response dialog(@QueryParam("id") String id) {
        Optional<UUID> conversationId = ConversationId.parse(id);
        if (conversationId.isEmpty()) {
            return page(
                    Response.Status.BAD_REQUEST,
                    ProblemPage.render("'" + (id == null ? "" : id)
                            + "' is no conversation identifier; it would look like " + ConversationId.SAMPLE + "."));
        }
        return view.dialog(conversationId.get())
                .map(found -> page(Response.Status.OK, DialogPage.render(found)))
                .orElseGet(() -> page(
                        Response.Status.NOT_FOUND,
                        ProblemPage.render(
                                "No expense was ever submitted on a conversation " + conversationId.get() + ".")));
    }

    private Response submitted(Typed typed, Supplier<ExpenseSubmission.Receipt> action) {
        try {
            return Response.seeOther(URI.create("dialog?id=" + action.get().conversationId()))
                    .build();
        } catch (InvalidExpenseException problem) {
            return page(
                    Response.Status.BAD_REQUEST, StartPage.render(view.latest(LATEST), view.totals(), typed, problem));
        }
    }

    private static Response page(Response.Status status, String html) {
        CacheControl never = new CacheControl();
        never.setNoStore(true);
        // As bytes: RESTEasy takes a text with status 400 for one that somebody forgot to escape, and escapes it.
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        return Response.status(status).cacheControl(never).entity(body).build();
    }
}
