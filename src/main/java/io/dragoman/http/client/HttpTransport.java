// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.TransportFailure;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.ConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** HTTP through camel-http, by two endpoints: one for what the operator configured, one guarded for all else. */
final class HttpTransport implements AutoCloseable {
    /** Bounds all pools together; a slow host must not take the places of the others. */
    private static final int HOSTS = 16;

    private static final TimeValue IDLE = TimeValue.ofSeconds(30);

    private final Duration connect;
    private final SsrfGuard guard;
    private final Deadlines deadlines;
    private final ProducerTemplate template;
    private final HttpClientEndpoint trusted;
    private final HttpClientEndpoint guarded;

    HttpTransport(CamelContext camel, TransportSettings settings, SsrfGuard guard, Deadlines deadlines) {
        this.connect = settings.connect();
        this.guard = guard;
        this.deadlines = deadlines;
        HttpComponent component = new HttpComponent();
        component.setCamelContext(camel);
        component.setCookieManagementDisabled(true);
        this.trusted = endpoint("trusted", camel, component, settings, SystemDefaultDnsResolver.INSTANCE);
        this.guarded = endpoint("guarded", camel, component, settings, guard);
        this.template = camel.createProducerTemplate();
    }

    /** Sends one request. {@code patience} is how many of its timeouts the call may take from start to end. */
    <T> HttpAttempt<T> send(HttpCall call, HttpAttempt.Receiver<T> receiver, int patience) throws TransportFailure {
        boolean vouched = call.isTrusted();
        if (!vouched) {
            guard.check(call.uri());
        }
        HttpAttempt<T> attempt = new HttpAttempt<>(
                Requests.of(call),
                receiver,
                System.nanoTime()
                        + connect.plus(call.timeout().multipliedBy(patience)).toNanos());
        attempt.request().setConfig(config(call));
        deadlines.started(attempt);
        try {
            Exchange exchange = template.send(
                    vouched ? trusted : guarded, message -> message.getIn().setBody(attempt));
            attempt.settle(exchange.getException());
        } finally {
            deadlines.ended(attempt);
        }
        return attempt;
    }

    @SuppressWarnings("deprecation") // the only way to have one for each call
    private RequestConfig config(HttpCall call) {
        Timeout timeout = Timeout.of(call.timeout());
        return RequestConfig.custom()
                .setConnectTimeout(Timeout.of(connect.compareTo(call.timeout()) < 0 ? connect : call.timeout()))
                .setConnectionRequestTimeout(timeout)
                .setResponseTimeout(timeout)
                .setConnectionKeepAlive(IDLE)
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .setContentCompressionEnabled(false)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build();
    }

    private static HttpClientEndpoint endpoint(
            String name, CamelContext camel, HttpComponent component, TransportSettings settings, DnsResolver names) {
        HttpClientBuilder client = HttpClientBuilder.create()
                .setRequestExecutor(new SendingExecutor())
                .setKeepAliveStrategy(keepAlive())
                .setUserAgent("Dragoman")
                .evictExpiredConnections()
                .evictIdleConnections(IDLE)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState();
        HttpClientEndpoint endpoint = new HttpClientEndpoint(name, component, client, connections(settings, names));
        endpoint.setCamelContext(camel);
        ServiceHelper.startService(endpoint);
        return endpoint;
    }

    private static PoolingHttpClientConnectionManager connections(TransportSettings settings, DnsResolver names) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(settings.tls()))
                .setMaxConnPerRoute(settings.connections())
                .setMaxConnTotal(settings.connections() * HOSTS)
                .setDefaultSocketConfig(
                        SocketConfig.custom().setTcpNoDelay(true).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                        .setTimeToLive(TimeValue.ofMinutes(5)) // follows a name that moves
                        .build())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(16 * 1024)
                                .setMaxHeaderCount(200)
                                .build())
                        .build())
                .build();
    }

    /** Lets go of a connection a second before the other side does: whoever is late cannot tell what was sent. */
    private static ConnectionKeepAliveStrategy keepAlive() {
        return (response, context) -> {
            TimeValue asked = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
            long millis = Math.min(asked.toMilliseconds(), IDLE.toMilliseconds()) - 1000;
            return TimeValue.ofMilliseconds(Math.max(1, millis));
        };
    }

    @Override
    public void close() {
        template.stop();
        ServiceHelper.stopService(trusted, guarded);
    }
}
