"""The program's verbs as the checks run them: what each reads and the file it writes."""

import dataclasses
import re
import subprocess

REGION = ("--region", "500104")


@dataclasses.dataclass
class Verb:
    name: str
    needs: tuple  # files of the base
    arguments: tuple
    output: str  # the file or folder it writes
    format: str = ""  # of the output
    slow: bool = False  # takes seconds, or starts another program
    more: tuple = ()  # files that it writes beside the output

    def on_stdout(self):
        """The same with its data on standard output."""
        return [*self.arguments, "-o", "-", "-f", self.format]

    def to_file(self):
        return [*self.arguments, "-o", self.output, "-O"]


WRITERS = [
    Verb("build", ("tables",), ("build", "tables"), "out.liantu", "liantu"),
    Verb("build_problems", ("tables",), ("build", "tables", "--problems", "out.csv"), "out.liantu", "liantu",
         more=("out.csv",)),
    Verb("build_edges", ("edges.csv",), ("build", "--edges", "edges.csv"), "out.liantu", "liantu"),
    Verb("check", ("tables",), ("check", "tables", "--notes"), "out.json", "json"),
    Verb("show", ("a.liantu",), ("show", "a.liantu", "--ego", "示例岚桐"), "out.dot", "dot"),
    Verb("chain", ("a.liantu",), ("chain", "a.liantu", "智慧医疗装备", *REGION), "out.json", "json"),
    Verb("chain_board", ("a.liantu",), ("chain", "a.liantu", "智慧医疗装备", *REGION), "out.svg", "svg"),
    Verb("gaps", ("a.liantu",), ("gaps", "a.liantu", *REGION), "out.csv", "csv"),
    Verb("gaps_everywhere", ("a.liantu",), ("gaps", "a.liantu", "--each-district"), "out.json", "json"),
    Verb("gaps_long", ("long.liantu",), ("gaps", "long.liantu", *REGION), "out.xlsx", "xlsx", slow=True),
    Verb("gaps_long_json", ("long.liantu",), ("gaps", "long.liantu", *REGION), "long.json", "json", slow=True),
    Verb("gaps_yuan", ("yuan.liantu",), ("gaps", "yuan.liantu", *REGION), "out.csv", "csv", slow=True),
    Verb("gaps_needs", ("needs.liantu",), ("gaps", "needs.liantu", *REGION), "out.json", "json", slow=True),
    Verb("rank", ("a.liantu",), ("rank", "a.liantu", *REGION, "--top", "0"), "out.csv", "csv"),
    Verb("rank_lists", ("a.liantu",), ("rank", "a.liantu", *REGION, "--by-chain", "--draws", "50"), "out.csv", "csv"),
    Verb("rank_many", ("many.liantu",), ("rank", "many.liantu", *REGION, "--top", "0"), "out.csv", "csv", slow=True),
    Verb("rank_many_json", ("many.liantu",), ("rank", "many.liantu", *REGION, "--top", "0"), "out.json", "json",
         slow=True),
    Verb("rank_many_book", ("many.liantu",), ("rank", "many.liantu", *REGION, "--top", "0"), "out.xlsx", "xlsx",
         slow=True),
    Verb("explain", ("a.liantu",), ("explain", "a.liantu", *REGION, "--firm", "示例惠州"), "out.json", "json"),
    Verb("explain_more", ("a.liantu",),
         ("explain", "a.liantu", *REGION, "--firm", "示例惠州", "--compare", "示例绵阳湉钧", "--assume", "revenue=50亿"), "out.json",
         "json"),
    Verb("map", ("a.liantu",), ("map", "a.liantu", *REGION), "out.dot", "dot"),
    Verb("map_drawn", ("a.liantu",), ("map", "a.liantu", *REGION), "out.svg", "svg", slow=True),
    Verb("diff", ("a.liantu",), ("diff", "a.liantu", "a.liantu", *REGION, "--all"), "out.json", "json"),
    Verb("diff_lists", ("a.liantu",), ("diff", "a.liantu", "a.liantu", *REGION, "--prospects", "--all"), "out.json",
         "json"),
    Verb("evaluate", ("a.liantu",), ("evaluate", "a.liantu", "--hide", "0.3", "--no-learned"), "out.html", "html"),
    Verb("train", ("edges.csv",), ("train", "--edges", "edges.csv", "--force", "--model", "logistic_regression"),
         "model.json", "", slow=True),
    Verb("train_trees", ("edges.csv",), ("train", "--edges", "edges.csv", "--force"), "model.json", "", slow=True),
    Verb("permu", ("a.liantu", "scheme.json"), ("permu", "a.liantu", "--scheme", "scheme.json"), "out.csv", "csv"),
    Verb("permu_drawn", ("a.liantu", "scheme.json"), ("permu", "a.liantu", "--scheme", "scheme.json"), "out.svg", "svg"),
    Verb("plan", ("a.liantu", "sites.csv", "plan.json"), ("plan", "a.liantu", *REGION, "--sites", "sites.csv", "--policy",
         "plan.json", "--greedy"), "out.csv", "csv"),
    Verb("plan_drawn", ("a.liantu", "sites.csv", "plan.json"), ("plan", "a.liantu", *REGION, "--sites", "sites.csv", "--policy",
         "plan.json", "--greedy"), "out.svg", "svg"),
    Verb("intro", ("a.liantu",), ("intro", "a.liantu", *REGION), "out.json", "json"),
    Verb("demo", ("tables",), ("demo", "--data", "tables"), "out", "", slow=True),
    Verb("synth", (), ("synth", "--relations", "10000"), "out.liantu", "liantu"),
    Verb("formats", (), ("formats",), "out.json", "json"),
    Verb("ledger", ("d.ledger",), ("ledger", "export", "d.ledger"), "out.json", "json"),
    Verb("ledger_show", ("d.ledger",), ("ledger", "show", "d.ledger", "--as-of", "2025-04-03"), "out.csv", "csv"),
    Verb("league", ("d.ledger",), ("league", "d.ledger", "--quarter", "2025Q1"), "out.svg", "svg"),
    Verb("doctor", (), ("doctor",), "out.json", "json"),
]


def missing(program):
    """Verbs of the program that no check runs."""
    said = subprocess.run([program, "--help", "--lang", "en"], capture_output=True, text=True).stdout
    listed = re.findall(r"^  (\w+) ", said.split("a whole run:")[0], re.MULTILINE)
    return sorted(set(listed) - {verb.arguments[0] for verb in WRITERS}) or ([] if listed else ["--help lists none"])


def formats(program, verb):
    """Formats that a verb writes, as its help says."""
    said = subprocess.run([program, verb, "--help", "--lang", "en"], capture_output=True, text=True).stdout
    row = re.search(r"--format \] FORMAT\s+([\w, ]+?);", said)
    return re.findall(r"\w+", row[1].replace(" or ", " ")) if row else []


def fast(verbs=WRITERS):
    return [verb for verb in verbs if not verb.slow]


def named(name):
    return next(verb for verb in WRITERS if verb.name == name)
