// SPDX-License-Identifier: Apache-2.0
/** A shop as Shopify tells of it: webhooks that it signs, and its Admin API for customers' orders. */
@org.jspecify.annotations.NullMarked
package io.dragoman.simulator.shopify;
