// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connector that can find out whether an account works, before anybody writes. What it makes for that it takes back. */
public interface SelfTest {

    /** How one thing was found. */
    enum Result {
        OK,
        FAILED,
        /** It cannot be told from here. */
        NOT_CHECKED
    }

    /**
     * One thing that was looked at. No secret stands in it.
     *
     * @param name what, in a few words
     * @param found what was found, as a clause
     * @param remedy what to do, as a sentence; null where nothing has to be done
     * @param undone what was made for it and what became of that, as a clause; null where nothing was made
     */
    record Check(
            String name,
            Result result,
            String found,
            @Nullable String remedy,
            @Nullable String undone) {

        public static Check ok(String name, String found) {
            return new Check(name, Result.OK, found, null, null);
        }

        public static Check failed(String name, String found, String remedy) {
            return new Check(name, Result.FAILED, found, remedy, null);
        }

        public static Check notChecked(String name, String why) {
            return new Check(name, Result.NOT_CHECKED, why, null, null);
        }

        /** The same, with what was made for it and what became of that. */
        public Check undone(String what) {
            return new Check(name, result, found, remedy, what);
        }
    }

    /**
     * Looks at everything that the account needs, in an order in which the first failure explains those after it. A lost
     * connection is a failed check, no exception.
     */
    List<Check> test(Account account, Transport transport, Clock clock);
}
