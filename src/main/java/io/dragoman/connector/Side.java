// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** The two sides of the gateway: customers' and agents'. */
public enum Side {
    CHANNEL("channel"),
    DESK("desk");

    private final String word;

    Side(String word) {
        this.word = word;
    }

    /** What an account on it is called. */
    public String word() {
        return word;
    }

    /** Where the public port takes what is posted for an account of this side, such as {@code /desks/<id>}. */
    public String path(String id) {
        return "/" + word + "s/" + id;
    }
}
