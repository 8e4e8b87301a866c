// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Why a connection was not made, or broke. The exceptions' own texts can hold addresses and are not shown. */
public final class BrokenConnection {
    /** The narrower types first. */
    private static final Map<Class<? extends Exception>, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put(UnknownHostException.class, "no such host");
        WORDS.put(NoRouteToHostException.class, "there is no way to it");
        WORDS.put(ConnectException.class, "it refused the connection");
        WORDS.put(SocketTimeoutException.class, "it did not answer in time");
        WORDS.put(SSLException.class, "TLS failed");
        WORDS.put(SocketException.class, "the connection broke");
        WORDS.put(ClosedByInterruptException.class, "interrupted, as the gateway stops");
        WORDS.put(EOFException.class, "the connection broke");
        WORDS.put(NoHttpResponseException.class, "it closed the connection without an answer");
        WORDS.put(ConnectionClosedException.class, "it closed the connection in the midst of its answer");
    }

    private BrokenConnection() {}

    /** In words, such as {@code it refused the connection}; the last cause's class for what is none of the usual ones. */
    public static String words(Throwable failure) {
        Throwable last = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (Map.Entry<Class<? extends Exception>, String> known : WORDS.entrySet()) {
                if (known.getKey().isInstance(cause)) {
                    return known.getValue();
                }
            }
            last = cause;
        }
        return last.getClass().getSimpleName();
    }
}
