// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.Optional;

/** A desk whose agents' files stand on a server of its own, which may be in a private network or want to know who asks. */
public interface FileHost {

    /** The GET of a file that an agent named: where it is the desk's own, trusted and with the desk's credentials. */
    HttpCall file(Account account, HttpCall get);

    /** How the desk gets the access token with which such a file of its own is fetched; empty where it needs none. */
    default Optional<TokenGrant> fileGrant(Account account, HttpCall file) {
        return Optional.empty();
    }
}
