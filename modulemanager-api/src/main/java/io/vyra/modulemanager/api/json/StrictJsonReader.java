package io.vyra.modulemanager.api.json;

import io.vyra.modulemanager.api.http.RequestGate;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Lets {@link StrictJson} read every JSON body, of at most {@link RequestGate#MAX_BODY} bytes also when its length is not announced. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class StrictJsonReader implements MessageBodyReader<Object> {

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return true;
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> httpHeaders,
            InputStream body)
            throws IOException {
        byte[] bytes = body.readNBytes((int) RequestGate.MAX_BODY + 1);
        if (bytes.length > RequestGate.MAX_BODY) {
            throw new ProblemException(
                    ProblemType.BODY_TOO_LARGE, "The body has more than " + RequestGate.MAX_BODY + " bytes.");
        }
        return StrictJson.read(bytes, type);
    }
}
