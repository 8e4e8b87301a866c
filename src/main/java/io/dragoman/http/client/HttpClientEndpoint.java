// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.http.HttpProducer;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.hc.client5.http.classic.methods.HttpUriRequest;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;

/**
 * A camel-http endpoint that takes its request from the {@link HttpAttempt} in the exchange's body and gives the response
 * to it. Exchange headers are neither read nor written, so that no header can ever steer a request.
 */
final class HttpClientEndpoint extends HttpEndpoint {
    /** Where the client's executor finds the attempt. */
    static final String ATTEMPT = "io.dragoman.attempt";

    HttpClientEndpoint(
            String name, HttpComponent component, HttpClientBuilder client, HttpClientConnectionManager connections) {
        super(
                "http://" + name + ".invalid",
                component,
                URI.create("http://" + name + ".invalid"),
                client,
                connections,
                null);
        setThrowExceptionOnFailure(false);
        setDisableStreamCache(true);
        setSkipControlHeaders(true);
        setSkipRequestHeaders(true);
        setSkipResponseHeaders(true);
        setFollowRedirects(false);
    }

    @Override
    public Producer createProducer() {
        return new WireProducer(this);
    }

    private static HttpAttempt<?> attempt(Exchange exchange) {
        return (HttpAttempt<?>) Objects.requireNonNull(exchange.getIn().getBody());
    }

    private static final class WireProducer extends HttpProducer {
        WireProducer(HttpClientEndpoint endpoint) {
            super(endpoint);
        }

        @Override
        protected HttpUriRequest createMethod(Exchange exchange) {
            return attempt(exchange).request();
        }

        /** Without making and parsing the address once more. */
        @Override
        protected HttpHost createHost(HttpUriRequest request) {
            return new HttpHost(
                    request.getScheme(),
                    request.getAuthority().getHostName(),
                    request.getAuthority().getPort());
        }

        @Override
        protected <R> R executeMethod(
                Exchange exchange, HttpHost host, HttpUriRequest request, HttpClientResponseHandler<R> handler)
                throws IOException, HttpException {
            HttpClientContext context = HttpClientContext.create();
            context.setAttribute(ATTEMPT, attempt(exchange));
            try {
                return handler.handleResponse(getHttpClient().executeOpen(host, request, context));
            } finally {
                // a response read to its end has given its connection back; any other must not be drained
                attempt(exchange).request().cancel();
            }
        }

        @Override
        protected void populateResponse(
                Exchange exchange,
                HttpUriRequest request,
                ClassicHttpResponse response,
                HeaderFilterStrategy strategy,
                int status)
                throws IOException {
            attempt(exchange).receive(response);
        }
    }
}
