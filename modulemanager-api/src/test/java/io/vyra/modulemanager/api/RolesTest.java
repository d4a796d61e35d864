package io.vyra.modulemanager.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.Contract.Endpoint;
import io.vyra.modulemanager.problem.ProblemType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every endpoint of the contract, asked by everybody: who is let in is what {@code x-role} says, and nothing else. */
@QuarkusTest
class RolesTest {
    private final ApiClient client;
    private final FakeModuleManager manager;

    @TestHTTPResource("/")
    URI base;

    RolesTest(ApiClient client, FakeModuleManager manager) {
        this.client = client;
        this.manager = manager;
    }

    @BeforeEach
    void reset() {
        manager.reset();
        manager.add("v2_arm", true);
    }

    @Test
    void shouldHoldEveryEndpointToTheRoleTheContractNames() throws Exception {
        List<String> wrong = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (Endpoint endpoint : Contract.get().endpoints()) {
                // Logging out would end the session that the next requests need; its role is checked by the other test
                // class.
                if (endpoint.path().endsWith("/logout")) {
                    continue;
                }
                boolean open = endpoint.role().equals("open");
                int anonymous = status(http, endpoint, null);
                if ((anonymous == 401) == open && !endpoint.path().endsWith("/login")) {
                    wrong.add(endpoint + " anonymous -> " + anonymous);
                }
                for (Role role : Role.values()) {
                    int status = status(http, endpoint, client.token(role));
                    boolean allowed =
                            open || role.includes(Role.valueOf(endpoint.role().toUpperCase(Locale.ROOT)));
                    if ((status != 403) != allowed) {
                        wrong.add(endpoint + " as " + role + " -> " + status);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private int status(HttpClient http, Endpoint endpoint, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(endpoint.example("v2_none")));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (endpoint.hasBody()) {
            boolean upload = endpoint.path().endsWith("/upload");
            request.header("Content-Type", upload ? "application/gzip" : "application/json");
        }
        request.method(
                endpoint.method(),
                endpoint.hasBody() ? HttpRequest.BodyPublishers.ofString("{}") : HttpRequest.BodyPublishers.noBody());
        // The body of a stream never ends: it is not read, and the connection is closed.
        HttpResponse<java.io.InputStream> response =
                http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        response.body().close();
        return response.statusCode();
    }

    @Test
    void shouldNameEveryProblemOfTheCatalogueInTheContract() {
        assertThat(Contract.get().problemCodes())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemType.values())
                        .map(ProblemType::code)
                        .toList());
    }

    @Test
    void shouldServeNoResourceThatTheContractDoesNotKnow() {
        List<String> known =
                Contract.get().endpoints().stream().map(Endpoint::toString).toList();
        assertThat(Resources.all())
                .isNotEmpty()
                .allSatisfy(resource -> assertThat(known).contains(resource));
    }
}
