// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;

/** What is wrong with a body that was to be JSON, as the end of a sentence that begins with it. It quotes nothing. */
public final class JsonFault {
    private JsonFault() {}

    /** Of one that could be JSON and says nothing, or is none. */
    public static String of(byte[] body) {
        try {
            return Json.tree(body).isNull() ? "is null" : "has nothing that could be read";
        } catch (IOException e) {
            return of(e, "is not JSON");
        }
    }

    /**
     * Of one that could not be read.
     *
     * @param otherwise where nothing better is known
     */
    public static String of(IOException failure, String otherwise) {
        String text = String.valueOf(failure instanceof JsonProcessingException e ? e.getOriginalMessage() : "");
        if (failure instanceof StreamConstraintsException) {
            if (text.contains("nesting depth")) {
                return "is nested too deeply";
            } else if (text.contains("Number")) {
                return "has a number that is too long";
            }
            return text.contains("String") || text.contains("Name") ? "has a text that is too long" : "is too long";
        }
        return text.startsWith("Duplicate") ? "has a key twice in one object" : otherwise;
    }
}
