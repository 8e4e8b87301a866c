// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Request;
import java.util.List;

/** What the checks need to know of a connector that reads what comes to it, posted or polled. */
public interface ReadSample extends ConnectorSample {
    /** The text of the message in {@link #request()}: it must be read and never be shown. */
    String CANARY = "canary-in-the-text";

    /** An authentic request in which a customer writes {@link #CANARY}. */
    default Request request() {
        return signed(recorded());
    }

    /** The body of that request. */
    byte[] recorded();

    /** The request with which the provider would bring this body: as it is, or encrypted where it encrypts. */
    Request signed(byte[] body);

    /** The lanes of the recorded request's events, in order; empty where that is not known beforehand. */
    List<String> lanes();
}
