// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

/** A recorded case that did not end as expected, or is none; the message says how. */
final class CaseFailed extends Exception {
    private static final long serialVersionUID = 1L;

    CaseFailed(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** With what was expected and what there was, one below the other. */
    static CaseFailed differs(String what, String expected, String actual) {
        return new CaseFailed(what + " differs\nexpected: " + expected + "\nactual:   " + actual);
    }
}
