package org.datareturn.guard;

/** What a zone answers to a query: a table that passed disclosure control, or why there is none. */
public sealed interface ZoneAnswer permits Released, Refused {}
