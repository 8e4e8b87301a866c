// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What the checks need to know of a connector. Of one that somebody posts to it is a {@link WebhookSample} too, of one
 * that sends over HTTP a {@link SendSample}. Found through {@link java.util.ServiceLoader}; for a connector that has a
 * simulator none is needed. Thread-safe.
 */
public interface ConnectorSample {
    /** The one under test. */
    Connector connector();

    /** A whole account that is not {@code insecure}, whose provider is at this address. */
    Account account(URI provider);

    /** Whatever must never be shown: the values of the account's secrets. */
    List<String> secrets();

    /** An account whose provider nobody asks. */
    default Account account() {
        return account(URI.create("http://127.0.0.1:9"));
    }

    /** The time for what carries it in a signature. */
    default Clock clock() {
        return Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    }

    /** The classes whose text must show no secret: those of the connector's package. */
    default List<Class<?>> classes() {
        return ConnectorClasses.beside(connector());
    }
}
