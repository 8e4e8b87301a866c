// SPDX-License-Identifier: Apache-2.0
/** Contacts that are one person: merged and un-merged by an operator. */
@NullMarked
package io.dragoman.app.contact;

import org.jspecify.annotations.NullMarked;
