package org.datareturn.sandbox.province;

import java.time.LocalDate;

/**
 * A person of the synthetic province.
 *
 * @param personId random surrogate in zone tables, unique, 1 … 2^53-1; says nothing about the identity number
 * @param idNumber identity number, valid in form (GB 11643), 18 characters
 * @param name name in Chinese characters; some with a middle dot U+00B7
 * @param county where the person lives; the first six digits of the number say where it was issued
 * @param sex sex, as in the number
 * @param birthDate date of birth, as in the number
 * @param age full years at {@link SyntheticProvince#REFERENCE_DATE}
 * @param education highest education reached
 * @param occupation what the person does
 * @param incomeYuan monthly income in yuan, 0 for none
 * @param insured whether the person takes part in social insurance
 * @param household index of the household
 * @param relation relation to its head
 */
public record Person(
        long personId,
        String idNumber,
        String name,
        County county,
        Sex sex,
        LocalDate birthDate,
        int age,
        Education education,
        Occupation occupation,
        int incomeYuan,
        boolean insured,
        int household,
        Relation relation) {}
