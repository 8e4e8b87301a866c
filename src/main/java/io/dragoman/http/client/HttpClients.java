// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;

/** Builds HTTP clients that do what they are asked and nothing by themselves, each with its own connections. */
final class HttpClients {
    /** How long an unused connection is kept at most. */
    static final TimeValue IDLE = TimeValue.ofSeconds(30);

    /** Bounds all pools together; a slow host must not take the places of the others. */
    private static final int HOSTS = 16;

    private HttpClients() {}

    /** A client that finds hosts by {@code names} alone. */
    static CloseableHttpClient client(TransportSettings settings, DnsResolver names) {
        return HttpClientBuilder.create()
                .setConnectionManager(connections(settings, names))
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
                .disableConnectionState()
                .build();
    }

    private static PoolingHttpClientConnectionManager connections(TransportSettings settings, DnsResolver names) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setTlsSocketStrategy(tls(settings.tls()))
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

    /** Java compares the name while it checks the certificate, so that one place says what is wrong with either. */
    private static TlsSocketStrategy tls(SSLContext context) {
        return new DefaultClientTlsStrategy(context, HostnameVerificationPolicy.BUILTIN, NoopHostnameVerifier.INSTANCE);
    }

    /** Lets go of a connection a second before the other side does: whoever is late cannot tell what was sent. */
    private static ConnectionKeepAliveStrategy keepAlive() {
        return (response, context) -> {
            TimeValue asked = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
            long millis = Math.min(asked.toMilliseconds(), IDLE.toMilliseconds()) - 1000;
            return TimeValue.ofMilliseconds(Math.max(1, millis));
        };
    }
}
