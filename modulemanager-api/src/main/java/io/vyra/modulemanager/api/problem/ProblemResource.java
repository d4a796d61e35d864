package io.vyra.modulemanager.api.problem;

import io.vyra.modulemanager.api.auth.Open;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;

/** The pages a problem's {@code type} points to, made from the catalogue itself. */
@Path("/problems")
public class ProblemResource {

    /** One entry of the catalogue. */
    public record Entry(String code, int status, String title, String remedy) {
        static Entry of(ProblemType type) {
            return new Entry(type.code(), type.status(), type.title(), type.remedy());
        }
    }

    public record Entries(List<Entry> items) {}

    @GET
    @Open
    @Produces(MediaType.APPLICATION_JSON)
    public Entries list() {
        return new Entries(Arrays.stream(ProblemType.values()).map(Entry::of).toList());
    }

    @GET
    @Open
    @Produces(MediaType.TEXT_HTML)
    public String listPage() {
        StringBuilder rows = new StringBuilder();
        for (ProblemType type : ProblemType.values()) {
            rows.append("<tr><td>%d</td><td><a href=\"problems/%s\">%s</a></td><td>%s</td></tr>"
                    .formatted(type.status(), type.code(), type.code(), type.title()));
        }
        return page("Problems", "<table>" + rows + "</table>");
    }

    @GET
    @Path("{code}")
    @Open
    @Produces(MediaType.APPLICATION_JSON)
    public Entry get(@PathParam("code") String code) {
        return Entry.of(type(code));
    }

    @GET
    @Path("{code}")
    @Open
    @Produces(MediaType.TEXT_HTML)
    public String getPage(@PathParam("code") String code) {
        ProblemType type = type(code);
        return page(
                type.title(),
                "<p>HTTP status %d, code <code>%s</code></p><p>%s</p><p><a href=\"../problems\">All problems</a></p>"
                        .formatted(type.status(), type.code(), type.remedy()));
    }

    private static ProblemType type(String code) {
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "There is no such problem. All of them are listed at /problems."));
    }

    /** The texts come from the catalogue, which holds no markup. */
    private static String page(String title, String content) {
        return """
                <!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s</title>\
                <meta name="viewport" content="width=device-width"></head><body><h1>%s</h1>%s</body></html>
                """.formatted(title, title, content.replace("{name}", "&#123;name&#125;"));
    }
}
