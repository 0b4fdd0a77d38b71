package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// client talks to the REST API.
type client struct {
	base, token string
	http        http.Client
}

// errNotFound is an answer of 404.
var errNotFound = fmt.Errorf("not found")

func newClient(base, token string) *client {
	return &client{base: strings.TrimSuffix(base, "/"), token: token, http: http.Client{Timeout: time.Minute}}
}

func (c *client) get(path string) (object, error) { return c.call(http.MethodGet, path, nil) }
func (c *client) post(path string, body any) (object, error) {
	return c.call(http.MethodPost, path, body)
}
func (c *client) put(path string, body any) (object, error) {
	return c.call(http.MethodPut, path, body)
}
func (c *client) remove(path string) error {
	_, err := c.call(http.MethodDelete, path, nil)
	return err
}

func (c *client) call(method, path string, body any) (object, error) {
	var content io.Reader
	if body != nil {
		written, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		content = bytes.NewReader(written)
	}
	request, err := http.NewRequest(method, c.base+path, content)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/vnd.pagerduty+json;version=2")
	request.Header.Set("Authorization", "Token token="+c.token)
	request.Header.Set("Content-Type", "application/json")
	answer, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	return read(method, path, answer)
}

func read(method, path string, answer *http.Response) (object, error) {
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode == http.StatusNotFound {
		return nil, errNotFound
	}
	if answer.StatusCode >= 300 {
		return nil, fmt.Errorf("%s %s: %s: %s", method, path, answer.Status, content)
	}
	if len(content) == 0 {
		return nil, nil
	}
	var found object
	return found, json.Unmarshal(content, &found)
}

// all reads every page of a list.
func (c *client) all(path, key string, query url.Values) ([]object, error) {
	var found []object
	for {
		query.Set("limit", "100")
		query.Set("offset", fmt.Sprint(len(found)))
		page, err := c.get(path + "?" + query.Encode())
		if err != nil {
			return nil, err
		}
		found = append(found, objects(page[key])...)
		if more, _ := page["more"].(bool); !more {
			return found, nil
		}
	}
}
