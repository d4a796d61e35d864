package io.vyra.modulemanager.api.auth;

import io.vyra.modulemanager.access.Role;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The least role that may use a resource method. A method with neither this nor {@link Open} answers nobody. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {
    Role value();

    /** Whether a module may use it on itself (path parameter {@code id}) with its own token. */
    boolean moduleToken() default false;

    /** Whether it works while the password must be changed first. */
    boolean duringPasswordChange() default false;
}
