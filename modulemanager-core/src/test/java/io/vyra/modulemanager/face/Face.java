package io.vyra.modulemanager.face;

import io.vyra.modulemanager.access.Role;
import java.util.List;
import java.util.Map;

/** The driver of a face: how its users ask, and what it deliberately has no way to ask. */
public interface Face extends AutoCloseable {

    /** Somebody with this role, which is one of {@link #roles}. */
    Voice as(Role role) throws Exception;

    /** Those that its users can have; developer is one of them. */
    List<Role> roles();

    /** Kinds of {@link Ask} that the face does not offer, and why. */
    Map<Class<? extends Ask>, String> withheld();

    /** How a problem names the place of a field of a request. @param field as it is called over REST */
    String place(Ask ask, String field);

    /** A user of the face. */
    interface Voice {

        /** Asks, and reads what comes back; fails only when nothing comes or it cannot be read. */
        Reply ask(Ask ask) throws Exception;

        /**
         * Follows what this voice began to its end.
         *
         * @return each state that was told, the end last; empty when the face tells nothing of this kind of request
         */
        List<Told.Operation> follow(Reply.Accepted begun) throws Exception;

        /** Asks to have undone what this voice began. */
        void cancel(Reply.Accepted begun) throws Exception;
    }
}
