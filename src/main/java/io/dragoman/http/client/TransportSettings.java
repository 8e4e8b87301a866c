// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import io.dragoman.connector.Trust;
import io.dragoman.connector.tls.TrustContext;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * How the way out behaves.
 *
 * @param connections the most connections to one host
 * @param connect how long to wait for a connection, TLS included; a call with a shorter timeout waits less
 * @param largestResponse of {@link io.dragoman.connector.Transport#http}, in bytes; what is beyond is cut off
 * @param largestMedia that {@link io.dragoman.connector.Transport#keep} takes, in bytes
 * @param smtp how long to wait for each answer of a mail server
 * @param tls whom to trust
 */
public record TransportSettings(
        int connections, Duration connect, int largestResponse, long largestMedia, Duration smtp, SSLContext tls) {

    /** What suits most: 64 connections, 10 s to connect, 8 MB, media of 100 MB, 2 minutes, the system's trust. */
    public static TransportSettings standard() {
        return new TransportSettings(
                64,
                Duration.ofSeconds(10),
                8 * 1024 * 1024,
                100L * 1024 * 1024,
                Duration.ofMinutes(2),
                TrustContext.of(Trust.SYSTEM));
    }

    public TransportSettings connections(int connections) {
        return new TransportSettings(connections, connect, largestResponse, largestMedia, smtp, tls);
    }

    public TransportSettings tls(SSLContext tls) {
        return new TransportSettings(connections, connect, largestResponse, largestMedia, smtp, tls);
    }
}
