// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Content with fields, such as an order, the answer to a form, a call or a product.
 *
 * @param what the word for it, such as {@code order}
 * @param text the same for a reader
 * @param data as the provider sent it; not to be changed
 */
public record Structured(String what, String text, JsonNode data) implements Part {
    public Structured {
        Require.notBlank(what, "what is structured");
    }

    @Override
    public <R> R accept(PartVisitor<R> visitor) {
        return visitor.structured(this);
    }

    @Override
    public String toString() {
        return "Structured[" + what + "]";
    }
}
