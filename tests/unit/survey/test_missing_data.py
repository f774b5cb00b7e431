"""Missing answers counted; maximum likelihood and Little's test against published results."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest

from thongthin.survey.missing_data import little_test, missing_data, missing_items, normal_estimates

# Ozone (ppb), solar radiation (langley), wind (mph) and temperature (F) in New York on each day from 1 May to
# 30 September 1973; empty where it was not measured. Chambers, Cleveland, Kleiner and Tukey (1983), Graphical Methods
# for Data Analysis; R's data set `airquality`.
AIR = """
41;190;7.4;67 36;118;8;72 12;149;12.6;74 18;313;11.5;62 ;;14.3;56 28;;14.9;66 23;299;8.6;65 19;99;13.8;59 8;19;20.1;61
;194;8.6;69 7;;6.9;74 16;256;9.7;69 11;290;9.2;66 14;274;10.9;68 18;65;13.2;58 14;334;11.5;64 34;307;12;66
6;78;18.4;57 30;322;11.5;68 11;44;9.7;62 1;8;9.7;59 11;320;16.6;73 4;25;9.7;61 32;92;12;61 ;66;16.6;57 ;266;14.9;58
;;8;57 23;13;12;67 45;252;14.9;81 115;223;5.7;79 37;279;7.4;76 ;286;8.6;78 ;287;9.7;74 ;242;16.1;67 ;186;9.2;84
;220;8.6;85 ;264;14.3;79 29;127;9.7;82 ;273;6.9;87 71;291;13.8;90 39;323;11.5;87 ;259;10.9;93 ;250;9.2;92 23;148;8;82
;332;13.8;80 ;322;11.5;79 21;191;14.9;77 37;284;20.7;72 20;37;9.2;65 12;120;11.5;73 13;137;10.3;76 ;150;6.3;77
;59;1.7;76 ;91;4.6;76 ;250;6.3;76 ;135;8;75 ;127;8;78 ;47;10.3;73 ;98;11.5;80 ;31;14.9;77 ;138;8;83 135;269;4.1;84
49;248;9.2;85 32;236;9.2;81 ;101;10.9;84 64;175;4.6;83 40;314;10.9;83 77;276;5.1;88 97;267;6.3;92 97;272;5.7;92
85;175;7.4;89 ;139;8.6;82 10;264;14.3;73 27;175;14.9;81 ;291;14.9;91 7;48;14.3;80 48;260;6.9;81 35;274;10.3;82
61;285;6.3;84 79;187;5.1;87 63;220;11.5;85 16;7;6.9;74 ;258;9.7;81 ;295;11.5;82 80;294;8.6;86 108;223;8;85
20;81;8.6;82 52;82;12;86 82;213;7.4;88 50;275;7.4;86 64;253;7.4;83 59;254;9.2;81 39;83;6.9;81 9;24;13.8;81
16;77;7.4;82 78;;6.9;86 35;;7.4;85 66;;4.6;87 122;255;4;89 89;229;10.3;90 110;207;8;90 ;222;8.6;92 ;137;11.5;86
44;192;11.5;86 28;273;11.5;82 65;157;9.7;80 ;64;11.5;79 22;71;10.3;77 59;51;6.3;79 23;115;7.4;76 31;244;10.9;78
44;190;10.3;78 21;259;15.5;77 9;36;14.3;72 ;255;12.6;75 45;212;9.7;79 168;238;3.4;81 73;215;8;86 ;153;5.7;88
76;203;9.7;97 118;225;2.3;94 84;237;6.3;96 85;188;6.3;94 96;167;6.9;91 78;197;5.1;92 73;183;2.8;93 91;189;4.6;93
47;95;7.4;87 32;92;15.5;84 20;252;10.9;80 23;220;10.3;78 21;230;10.9;75 24;259;9.7;73 44;236;14.9;81 21;259;15.5;76
28;238;6.3;77 9;24;10.9;71 13;112;11.5;71 46;237;6.9;78 18;224;13.8;67 13;27;10.3;76 24;238;10.3;68 16;201;8;82
13;238;12.6;64 23;14;9.2;71 36;139;10.3;81 7;49;10.3;69 14;20;16.6;63 30;193;6.9;70 ;145;13.2;77 14;191;14.3;75
18;131;8;76 20;223;11.5;68
"""
# Size of an apple crop (hundreds of fruits) and percentage of wormy fruits of 18 trees, six not known: Little and Rubin
# (2002), Statistical Analysis with Missing Data, 2nd ed., table 7.4.
SIZES = [8, 6, 11, 22, 14, 17, 18, 24, 19, 23, 26, 40, 4, 4, 5, 6, 8, 10]
WORMY = [59, 58, 56, 53, 50, 45, 43, 42, 39, 38, 30, 27, *[np.nan] * 6]
# Employee selection: intelligence, job performance and psychological well-being of 20 applicants, ten of whom were not
# hired. Enders (2010), Applied Missing Data Analysis, table 1.1; data set EndersTable1_1 of
# the R package BaylorEdPsych.
INTELLIGENCE = [78, 84, 84, 85, 87, 91, 92, 94, 94, 96, 99, 105, 105, 106, 108, 112, 113, 115, 118, 134]
PERFORMANCE = [*[np.nan] * 10, 7, 10, 11, 15, 10, 10, 12, 14, 16, 12]
WELL_BEING = [13, 9, 10, 10, np.nan, 3, 12, 3, 13, np.nan, 6, 12, 14, 10, np.nan, 10, 14, 14, 12, 11]


def air() -> np.ndarray:
    measured = [[float(value or "nan") for value in day.split(";")] for day in AIR.split()]
    days = [datetime.date(1973, 5, 1) + datetime.timedelta(i) for i in range(len(measured))]
    return np.array([[*values, day.month, day.day] for values, day in zip(measured, days, strict=True)])


def test_littles_test_of_the_air_of_new_york_as_published():
    """R package naniar, tests of mcar_test(airquality): chi-square 35.1061288689702 (its EM stops early), df 14,
    p .00141778113856683, 4 patterns."""
    test = little_test(air())
    assert test.statistic == pytest.approx(35.1061, abs=2e-4)
    assert (test.df, test.patterns) == (14, 4)
    assert test.p == pytest.approx(0.00141778, abs=1e-7)


def test_littles_test_of_employee_selection_as_published():
    """R package BaylorEdPsych, example of LittleMCAR: chi.square 14.63166, df 5, p.value 0.01205778, 4 patterns."""
    test = little_test(np.column_stack([INTELLIGENCE, PERFORMANCE, WELL_BEING]).astype(float))
    assert test.statistic == pytest.approx(14.63166, abs=1e-4)
    assert (test.df, test.patterns) == (5, 4)
    assert test.p == pytest.approx(0.01205778, abs=5e-7)


def test_maximum_likelihood_of_the_apple_crop_by_factors():
    """Little and Rubin (2002), sec. 7.4.3: mean of wormy fruits 49.33. The rest has a closed form (sec. 7.2): sizes of
    all trees, and the regression of wormy fruits on size among the twelve where both are known."""
    estimates = normal_estimates(np.column_stack([SIZES, WORMY]).astype(float))
    assert estimates is not None
    mean, covariance = estimates
    assert round(mean[1], 2) == 49.33
    sizes, known, wormy = np.array(SIZES, dtype=float), np.array(SIZES[:12], dtype=float), np.array(WORMY[:12])
    slope = np.cov(known, wormy)[0, 1] / known.var(ddof=1)
    spread = sizes.var()
    residual = (wormy - slope * known).var()
    assert mean == pytest.approx([sizes.mean(), wormy.mean() + slope * (sizes.mean() - known.mean())], abs=1e-4)
    expected = [[spread, slope * spread], [slope * spread, residual + slope**2 * spread]]
    assert covariance == pytest.approx(np.array(expected), abs=1e-3)


def test_with_one_incomplete_variable_littles_test_compares_two_means():
    """Size of the twelve trees known and of the six not known: the squared difference over its variance."""
    sizes = np.array(SIZES, dtype=float)
    test = little_test(np.column_stack([sizes, WORMY]).astype(float))
    between = 12 * (sizes[:12].mean() - sizes.mean()) ** 2 + 6 * (sizes[12:].mean() - sizes.mean()) ** 2
    # What wormy fruits add is nothing: their mean in the only pattern is the one expected from the sizes there.
    assert test.statistic == pytest.approx(between / sizes.var(), rel=1e-6)
    assert (test.df, test.patterns) == (1, 2)


def test_complete_data_give_means_and_covariances_as_they_are():
    values = np.random.default_rng(1).normal(size=(50, 3)) @ np.array([[1, 0.5, 0], [0, 1, 0.2], [0, 0, 1]])
    estimates = normal_estimates(values)
    assert estimates is not None
    assert estimates[0] == pytest.approx(values.mean(axis=0))
    assert estimates[1] == pytest.approx(np.cov(values, rowvar=False, ddof=0))


def test_littles_test_has_the_size_it_claims_and_finds_what_is_not_at_random():
    rng = np.random.default_rng(4)
    rejected = 0
    for _ in range(200):
        values = rng.multivariate_normal([0, 0, 0], [[1, 0.5, 0.3], [0.5, 1, 0.4], [0.3, 0.4, 1]], 120)
        values[:, 1:][rng.random((120, 2)) < 0.15] = np.nan
        rejected += little_test(values).p < 0.05
    assert 2 <= rejected <= 22
    values = rng.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], 300)
    values[values[:, 0] > 0.7, 1] = np.nan
    assert little_test(values).p < 1e-6


@pytest.mark.parametrize(
    ("values", "patterns"),
    [
        (np.arange(12.0).reshape(4, 3) ** 2, 1),
        (np.array([[1.0, np.nan], [np.nan, 2]]), 2),
        (np.array([[1.0, 2], [1, np.nan], [1, 4]]), 2),
        (np.column_stack([np.arange(6.0), np.full(6, np.nan)]), 1),
        (np.array([[1.0, 2, 3], [2, 5, np.nan], [4, 1, 2]]), 2),
        (np.empty((0, 2)), 0),
    ],
    ids=["complete", "never together", "constant", "never observed", "too few", "nobody"],
)
def test_littles_test_is_undefined_where_nothing_is_missing_or_covariances_are_not_known(values, patterns):
    test = little_test(values)
    assert np.isnan([test.statistic, test.df, test.p]).all()
    assert test.patterns == patterns


def test_rows_without_any_value_are_a_pattern_and_nothing_else():
    values = air()
    with_empty = np.vstack([values, np.full(6, np.nan)])
    assert little_test(with_empty).statistic == pytest.approx(little_test(values).statistic)
    assert little_test(with_empty).patterns == 5


def small() -> tuple[pd.DataFrame, pd.DataFrame]:
    items = pd.DataFrame({"item_id": ["sex", "q2", "q1"], "position": [1, 3, 2], "minimum": [None, 1, 1]})
    responses = pd.DataFrame(
        {
            "respondent_id": ["R1", "R2", "R3"],
            "site_id": ["S01", "S01", "S02"],
            "sex": ["", "f", "m"],
            "q1": [1.0, np.nan, np.nan],
            "q2": [2.0, 3.0, np.nan],
        }
    )
    return responses, items.astype({"minimum": "Int64"})


def test_missing_answers_are_counted_by_item_and_site():
    responses, items = small()
    nobody = pd.DataFrame({"respondent_id": ["R1"], "item_id": ["q1"], "reason": ["refused"]})[:0]
    table = missing_items(responses, items, nobody, ["S01", "S02", "S03"])
    assert table["item_id"].tolist() == ["q1"] * 4 + ["q2"] * 4
    assert table["site_id"].tolist() == ["S01", "S02", "S03", "all"] * 2
    assert table["n"].tolist() == [2, 1, 0, 3] * 2
    assert table["missing"].tolist() == [1, 1, 0, 2, 0, 1, 0, 1]
    assert table["share"].tolist() == pytest.approx([0.5, 1, np.nan, 2 / 3, 0, 1, np.nan, 1 / 3], nan_ok=True)


def test_an_item_that_does_not_concern_somebody_is_not_missing():
    responses, items = small()
    reasons = pd.DataFrame(
        [("R2", "q1", "not_asked"), ("R3", "q1", "dont_know"), ("R3", "q2", "not_applicable")],
        columns=["respondent_id", "item_id", "reason"],
    )
    table = missing_items(responses, items, reasons, ["S01", "S02"])
    assert table["n"].tolist() == [1, 1, 2, 2, 0, 2]
    assert table["missing"].tolist() == [0, 1, 1, 0, 0, 0]
    assert table["share"].tolist() == pytest.approx([0, 1, 0.5, 0, np.nan, 0], nan_ok=True)


def test_sets_of_variables_are_summed_up():
    frame = pd.DataFrame(air())
    table = missing_data({"items": frame, "scores": frame[[2, 3]]})
    first, second = table.to_dict("records")
    assert (first["of"], first["n"], first["variables"], first["complete"], first["patterns"]) == (
        "items",
        153,
        6,
        111,
        4,
    )
    assert first["complete_share"] == pytest.approx(111 / 153)
    assert first["share"] == pytest.approx(44 / (153 * 6))
    assert (second["complete"], second["share"], second["patterns"]) == (153, 0, 1)
    assert np.isnan(second["p"])


def test_littles_test_of_many_respondents_takes_a_random_sample():
    frame = pd.DataFrame(np.tile(air()[:, :4], (4, 1)))
    table = missing_data({"items": frame}, most=200, seed=1)
    assert table.loc[0, ["n", "complete", "patterns"]].tolist() == [612, 444, 4]
    pd.testing.assert_frame_equal(table, missing_data({"items": frame}, most=200, seed=1))
    assert table.loc[0, "statistic"] < missing_data({"items": frame}).loc[0, "statistic"]
