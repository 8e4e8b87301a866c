// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Notes the moment from which a request may have reached the other side. */
final class SendingExecutor extends HttpRequestExecutor {
    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback information,
            HttpContext context)
            throws IOException, HttpException {
        HttpAttempt<?> attempt = (HttpAttempt<?>) context.getAttribute(HttpAttempt.CONTEXT);
        EndpointDetails details = connection.getEndpointDetails();
        long before = details.getSentBytesCount();
        attempt.leaves();
        try {
            return super.execute(request, connection, information, context);
        } catch (IOException e) {
            if (details.getSentBytesCount() == before) {
                attempt.staysHere(); // a kept connection was dead already: the first write of all failed
            }
            throw e;
        }
    }
}
