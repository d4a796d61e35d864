package io.vyra.modulemanager.api.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.http.ForwardedRequests;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.request.Checks;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** What all requests that start an operation share: the idempotency key on the way in, {@code 202} on the way out. Thread-safe. */
@Singleton
public class Commands {
    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");
    private static final int RETRY_AFTER_SECONDS = 1;

    private final CurrentPrincipal current;
    private final ForwardedRequests forwarded;
    private final ObjectMapper json;

    public Commands(CurrentPrincipal current, ForwardedRequests forwarded, ObjectMapper json) {
        this.current = current;
        this.forwarded = forwarded;
        this.json = json;
    }

    /**
     * The command's context.
     *
     * @param body what was read from the body: written again it is canonical, whatever order and spacing the client chose
     */
    public CommandContext context(Object body) {
        RoutingContext request = current.request();
        Optional<String> key = Optional.ofNullable(request.request().getHeader("Idempotency-Key"));
        Checks checks = new Checks();
        checks.matches("Idempotency-Key", key.orElse(null), KEY, "1 to 255 visible ASCII characters");
        checks.requireNone();
        return new CommandContext(current.caller(), key, hash(request, body));
    }

    private String hash(RoutingContext request, Object body) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            String query = request.request().query();
            String head = request.request().method() + "\n" + request.normalizedPath() + "\n"
                    + (query == null ? "" : query) + "\n";
            sha256.update(head.getBytes(StandardCharsets.UTF_8));
            sha256.update(json.writeValueAsBytes(body));
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException("request bodies are records that can be written", e);
        }
    }

    public Response accepted(Operation operation) {
        return Response.accepted(body(operation))
                .header(HttpHeaders.LOCATION, address(operation))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    OperationBody body(Operation operation) {
        return OperationBody.of(operation, forwarded.prefix(current.request()));
    }

    private String address(Operation operation) {
        return forwarded.prefix(current.request()) + "/api/v1/operations/" + operation.id();
    }
}
