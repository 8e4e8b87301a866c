// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Acknowledgement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a provider's webhooks are verified, read and answered. Immutable.
 *
 * @param checks all of which a request must pass
 * @param headers that expressions read
 * @param parsed the fields of the body whose text is JSON
 * @param each what in the body is an event, one or several; null for the body itself
 */
record Receiving(
        List<Check> checks,
        Set<String> headers,
        Documents.Form form,
        List<String> parsed,
        @Nullable Expression each,
        @Nullable MessageFields message,
        @Nullable ReceiptFields receipt,
        @Nullable IgnoredFields ignored,
        Acknowledgement answer) {
    Receiving {
        checks = List.copyOf(checks);
        headers = Set.copyOf(headers);
        parsed = List.copyOf(parsed);
    }
}
