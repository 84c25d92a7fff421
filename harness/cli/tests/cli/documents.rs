//! What `docs/` tells people to copy is done as it stands there.

use crate::served::Served;
use crate::signoff::Folder;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The text of a document.
fn document(name: &str) -> String {
    fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../docs")
            .join(name),
    )
    .unwrap()
}

/// Its blocks in this language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    text.split(fence.as_str())
        .skip(1)
        .map(|rest| rest.split("\n```").next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_walk_through_goes_from_an_unknown_provider_to_a_verdict() {
    let text = document("your-provider.md");
    // The stand-in of the walk-through, served as it says.
    let provider = Served::start("serve --dialect oidc --json");
    let file = blocks(&text, "toml").remove(0);
    assert!(file.lines().count() < 20, "{file}");
    assert!(file.contains("http://127.0.0.1:4200/"), "{file}");
    let folder = Folder::new();
    folder.write(
        "signoff.toml",
        &file.replace(
            "http://127.0.0.1:4200",
            provider.text("url").trim_end_matches('/'),
        ),
    );

    let commands: Vec<String> = blocks(&text, "sh")
        .iter()
        .flat_map(|block| block.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let variables: Vec<(&str, &str)> = commands
        .iter()
        .filter_map(|line| line.strip_prefix("export ")?.split_once('='))
        .collect();
    assert_eq!(variables.len(), 2);
    let mut done = Vec::new();
    for line in commands
        .iter()
        .filter_map(|line| line.strip_prefix("signoff "))
    {
        // The words of a test are parted at spaces; a reason needs none.
        let words = line.replace("\"ticket 123\"", "ticket-123");
        // Some hundred cases say no more here than a few do.
        let words = if words.starts_with("run") {
            format!("{words} hint/ redirect/")
        } else {
            words
        };
        let ended = folder.signoff_with(&words, &variables);
        assert!(
            [0, 8].contains(&ended.code),
            "{words}: {}\n{}",
            ended.out,
            ended.err
        );
        done.push((words, ended));
    }
    let subcommands: Vec<&str> = done
        .iter()
        .map(|(words, _)| words.split(' ').next().unwrap())
        .collect();
    assert_eq!(subcommands, ["probe", "run", "baseline", "run"]);
    let verdict = done[1].1.out.lines().last().unwrap();
    assert!(
        verdict.contains("cases") && verdict.contains("exit "),
        "{verdict}"
    );
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert!(
        report["summary"]["kept"].as_u64().unwrap() > 100,
        "{}",
        report["summary"]
    );
    assert!(folder.read("report.html").starts_with("<!DOCTYPE html>"));
}

#[test]
fn the_recipes_are_yaml_and_name_what_there_is() {
    let recipes = blocks(&document("ci.md"), "yaml");
    assert_eq!(recipes.len(), 2);
    let folder = Folder::new();
    let known =
        ["run", "merge"].map(|command| folder.signoff(&format!("{command} --help")).with(0).out);
    for recipe in &recipes {
        let parsed: serde_yaml_ng::Value =
            serde_yaml_ng::from_str(recipe).unwrap_or_else(|error| panic!("{error}\n{recipe}"));
        assert!(parsed.is_mapping(), "{recipe}");
        for (command, help) in ["signoff run", "signoff merge"].iter().zip(&known) {
            let lines: Vec<&str> = recipe.split(command).skip(1).collect();
            assert!(!lines.is_empty(), "{command} is not in {recipe}");
            for rest in lines {
                let end = rest
                    .find("||")
                    .or_else(|| rest.find("\n      -"))
                    .unwrap_or(rest.len());
                for flag in rest[..end]
                    .split_whitespace()
                    .filter(|word| word.starts_with("--"))
                {
                    assert!(help.contains(flag), "{command} knows no {flag}");
                }
            }
        }
    }
    // What the recipes lean on.
    for part in ["jobs:", "matrix:", "upload-sarif"] {
        assert!(recipes[0].contains(part), "{part}");
    }
    assert!(recipes[1].contains("junit: report.xml"));
}

#[test]
fn the_target_files_of_the_documents_are_read() {
    let folder = Folder::new();
    let file = blocks(&document("pingone.md"), "toml").remove(0);
    folder.write("signoff.toml", &file);
    let variables = [("PINGONE_SECRET", "s"), ("PINGONE_PASSWORD", "p")];
    let ended = folder.signoff_with("run --target pingone-live --dry-run hint/valid", &variables);
    let ended = ended.with(0);
    assert!(ended.out.contains("auth.pingone.eu"), "{}", ended.out);
}
