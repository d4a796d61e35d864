package io.vyra.modulemanager.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import io.restassured.specification.RequestSpecification;
import io.vyra.modulemanager.access.Account;
import io.vyra.modulemanager.access.Accounts;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.access.Sessions;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

/** Requests as a user of some role; every answer is checked against the contract. */
@Singleton
public class ApiClient {
    static final String PASSWORD = "correct horse battery";

    private final Accounts accounts;
    private final Sessions sessions;
    private final Map<Role, String> tokens = new EnumMap<>(Role.class);

    public ApiClient(Accounts accounts, Sessions sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    RequestSpecification as(Role role) {
        return anonymous().header("Authorization", "Bearer " + token(role));
    }

    RequestSpecification withToken(String token) {
        return anonymous().header("Authorization", "Bearer " + token);
    }

    RequestSpecification anonymous() {
        return RestAssured.given(new RequestSpecBuilder().build())
                .urlEncodingEnabled(false)
                .filter(new Contracted());
    }

    String username(Role role) {
        return "test-" + role.wire();
    }

    synchronized String token(Role role) {
        String known = tokens.get(role);
        if (known != null && sessions.find(known).isPresent()) {
            return known;
        }
        Account account = accounts.list().stream()
                .filter(found -> found.username().equals(username(role)))
                .findFirst()
                .orElseGet(() -> accounts.create(username(role), PASSWORD, role, false));
        String token = sessions.open(account).token();
        tokens.put(role, token);
        return token;
    }

    /** A session of its own for an account made for one test. */
    Sessions.Opened fresh(String username, Role role, boolean mustChangePassword) {
        return sessions.open(accounts.create(username, PASSWORD, role, mustChangePassword));
    }

    private static final class Contracted implements Filter {
        @Override
        public Response filter(
                FilterableRequestSpecification request,
                FilterableResponseSpecification expected,
                FilterContext context) {
            Response response = context.next(request, expected);
            String path = URI.create(request.getURI()).getPath();
            assertThat(Contract.get()
                            .violations(
                                    request.getMethod(),
                                    path,
                                    response.statusCode(),
                                    response.contentType(),
                                    request.getMethod().equals("HEAD") ? "" : response.asString()))
                    .as(request.getMethod() + " " + path + " -> " + response.statusCode())
                    .isEmpty();
            return response;
        }
    }
}
