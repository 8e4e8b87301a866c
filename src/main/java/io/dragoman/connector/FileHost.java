// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** A desk whose agents' files stand on a server of its own, which may be in a private network or want to know who asks. */
public interface FileHost {

    /** The GET of a file that an agent named: where it is the desk's own, trusted and with the desk's credentials. */
    HttpCall file(Account account, HttpCall get);
}
