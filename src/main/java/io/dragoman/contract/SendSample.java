// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Outbound;
import java.util.Map;

/** What the checks need to know of a connector that sends over HTTP. */
public interface SendSample extends ConnectorSample {
    /** The text of {@link #outbound()}: it must reach the provider and never be shown. */
    String SENT_CANARY = "canary-that-is-sent";

    /** An address of the kind that this channel has. */
    String address();

    /** The paths at which the provider gives access tokens, each with the JSON that it answers there. */
    default Map<String, String> grants() {
        return Map.of();
    }

    /** A text to be sent; a desk has a notice that contains the canary. */
    default Outbound outbound() {
        return Sending.message(address(), SENT_CANARY);
    }
}
