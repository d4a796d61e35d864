package io.vyra.oneclass;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** The one class. */
@Path("/greeting")
public class GreetingResource {
    public record Greeting(String text) {}

    @GET
    public Greeting get() {
        return new Greeting("hello");
    }
}
